"""Signing in, signing out, changing one's password."""

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeView
from django.shortcuts import redirect
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


class PasswordFirstMiddleware:
    """Whoever signed in with a one-time password chooses one of their own before anything else."""

    OPEN = ("password-change", "sign-in", "sign-out", "set_language", "admin:logout")

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        must = getattr(request.user, "must_change_password", False)
        if must and request.resolver_match.view_name not in self.OPEN:
            return redirect("password-change")
        return None
