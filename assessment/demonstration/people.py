"""Makes the accounts of the demonstration."""

from django.contrib.auth.hashers import make_password

from branches.enums import Role
from branches.models import Branch, Department, Membership, User

from . import script


def make_people():
    """The cast: branch name, department code, or a town's role → the person who acts for it."""
    # Hashing is slow on purpose; one hash serves them all.
    encoded = make_password(script.password())
    branches = {branch.name: branch for branch in Branch.objects.all()}
    departments = {department.code: department for department in Department.objects.all()}
    cast = {}
    for row in script.people():
        user = User.objects.create(username=row["username"], name=row["name"], password=encoded)
        for place in row["places"] or [None]:
            Membership.objects.create(
                user=user,
                role=row["role"],
                branch=branches.get(place),
                department=departments.get(place),
            )
            cast[place or Role(row["role"])] = user
    return cast


def fill_in_contacts():
    for branch in Branch.objects.all():
        Branch.objects.filter(pk=branch.pk).update(**script.contacts(branch))
