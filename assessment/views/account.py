"""Signing in, signing out, changing one's password."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from ..enums import Verb
from ..forms.account import ChangePasswordForm, SignInForm
from ..workflow import keep


class SignIn(LoginView):
    template_name = "registration/sign_in.html"
    authentication_form = SignInForm
    redirect_authenticated_user = True

    def form_valid(self, form):
        response = super().form_valid(form)
        keep(Verb.SIGN_IN, self.request.user, self.request.user.username)
        return response

    def form_invalid(self, form):
        # Only a try that got as far as the password: what fails before it names nobody.
        if form.cleaned_data.get("username") and form.cleaned_data.get("password"):
            keep(Verb.SIGN_IN_FAILED, None, form.cleaned_data["username"])
        return super().form_invalid(form)


@method_decorator(login_not_required, name="dispatch")
class SignOut(LogoutView):
    """Open to all: a session that has ended must not ask for a sign-in in order to end."""

    def post(self, request, *args, **kwargs):
        response = super().post(request, *args, **kwargs)
        messages.success(request, _("您已退出。"))
        return response


class ChangePassword(PasswordChangeView):
    template_name = "registration/password.html"
    form_class = ChangePasswordForm
    success_url = reverse_lazy("home")

    def form_valid(self, form):
        messages.success(self.request, _("密码已修改，下次登录请用新密码。"))
        return super().form_valid(form)
