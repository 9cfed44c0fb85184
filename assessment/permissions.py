"""Who may do which verb: one table. Who may see what: `visible_to` on each QuerySet."""

from branches.enums import Role

from .enums import Verb

ACTORS = {
    Verb.OPEN_CYCLE: Role.ADMINISTRATOR,
    Verb.CLOSE_CYCLE: Role.ADMINISTRATOR,
    Verb.TARGET_STARS: Role.CLERK,
    Verb.SELF_RATE: Role.CLERK,
    Verb.FILE_EVIDENCE: Role.CLERK,
    Verb.ATTACH_EVIDENCE: Role.CLERK,
    Verb.DETACH_EVIDENCE: Role.CLERK,
    Verb.REPLACE_EVIDENCE: Role.CLERK,
    Verb.SUBMIT: Role.CLERK,
    Verb.RESUBMIT: Role.CLERK,
    Verb.COLLECT: Role.SUPERVISOR,
    Verb.EXTEND: Role.SUPERVISOR,
    Verb.REVIEW: Role.REVIEWER,
    Verb.RETURN: Role.REVIEWER,
    Verb.OPINE: Role.REVIEWER,
    Verb.KEEP_PHRASES: Role.REVIEWER,
    Verb.SIGN_OFF: Role.REVIEWER,
    Verb.SIGN_OFF_FOR: Role.SUPERVISOR,
    Verb.SUPERVISE: Role.SUPERVISOR,
    Verb.SEND_BACK: Role.SUPERVISOR,
    Verb.DECIDE: Role.SUPERVISOR,
    Verb.CONCLUDE: Role.SUPERVISOR,
    Verb.REOPEN: Role.SUPERVISOR,
    Verb.CORRECT: Role.ADMINISTRATOR,
    Verb.EDIT: Role.ADMINISTRATOR,
}


def may(user, verb, *, branch_id=None, department_id=None):
    """Whether `user` holds the role the verb asks for, in the branch or department it is about."""
    role = ACTORS[verb]
    if role == Role.CLERK:
        return branch_id in user.branch_ids
    if role == Role.REVIEWER:
        return department_id in user.department_ids
    if role == Role.ADMINISTRATOR:
        return user.is_administrator
    return user.has_role(role)


def may_compare(user):
    """Who is told that a file has been filed elsewhere too: those who judge, or read all."""
    return user.has_role(Role.REVIEWER, *Role.reading_all())
