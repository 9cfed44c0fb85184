"""Who may do which verb: one table. Who may see what: `visible_to` on each QuerySet."""

from branches.enums import Role

from .enums import Verb

# A verb that stands under several roles is open to each of them, in its own place.
POWERS = {
    Role.CLERK: (
        Verb.TARGET_STARS,
        Verb.SELF_RATE,
        Verb.FILE_EVIDENCE,
        Verb.ATTACH_EVIDENCE,
        Verb.DETACH_EVIDENCE,
        Verb.REPLACE_EVIDENCE,
        Verb.SUBMIT,
        Verb.RESUBMIT,
        Verb.FILE_RECTIFIED,
        Verb.REMOVE_RECTIFIED,
        Verb.RECTIFY,
        Verb.ASK_EXTENSION,
        Verb.CONFIRM_NOTICE,
    ),
    Role.REVIEWER: (
        Verb.REVIEW,
        Verb.RETURN,
        Verb.OPINE,
        Verb.KEEP_PHRASES,
        Verb.SIGN_OFF,
        # A joint inspection is several departments' work: who takes part writes down what is found.
        Verb.RECORD_FINDING,
        Verb.CORRECT_FINDING,
        Verb.FILE_FOUND,
        Verb.REMOVE_FOUND,
        # The department responsible for a finding re-checks it, or the committee does.
        Verb.CLOSE_FINDING,
        Verb.REFUSE_RECTIFICATION,
    ),
    Role.SUPERVISOR: (
        Verb.COLLECT,
        Verb.EXTEND,
        Verb.SIGN_OFF_FOR,
        Verb.SUPERVISE,
        Verb.SEND_BACK,
        Verb.DECIDE,
        Verb.CONCLUDE,
        Verb.REOPEN,
        Verb.RECORD_INSPECTION,
        Verb.EDIT_INSPECTION,
        Verb.RECORD_FINDING,
        Verb.CORRECT_FINDING,
        Verb.WITHDRAW_FINDING,
        Verb.FILE_FOUND,
        Verb.REMOVE_FOUND,
        Verb.CLOSE_FINDING,
        Verb.REFUSE_RECTIFICATION,
        Verb.GRANT_EXTENSION,
        Verb.REFUSE_EXTENSION,
        Verb.SET_ASIDE,
        Verb.DRAFT_NOTICE,
        Verb.EDIT_NOTICE,
        Verb.DISCARD_NOTICE,
        Verb.ISSUE_NOTICE,
        Verb.WITHDRAW_NOTICE,
        Verb.WRITE_REPORT,
        # What the town's branches set out for is the town's to say.
        Verb.SET_TARGET,
    ),
    Role.ADMINISTRATOR: (
        Verb.OPEN_CYCLE,
        Verb.CLOSE_CYCLE,
        Verb.SET_TARGET,
        Verb.CORRECT,
        Verb.EDIT,
    ),
}


def roles_for(verb):
    """The roles that may do `verb`, any of which will do."""
    return [role for role, verbs in POWERS.items() if verb in verbs]


def may(user, verb, *, branch_id=None, department_id=None):
    """Whether `user` holds a role the verb asks for, in the branch or department it is about."""
    holds = {
        Role.CLERK: branch_id in user.branch_ids,
        Role.REVIEWER: department_id in user.department_ids,
        Role.SUPERVISOR: user.has_role(Role.SUPERVISOR),
        Role.ADMINISTRATOR: user.is_administrator,
    }
    return any(holds[role] for role in roles_for(verb))


def may_compare(user):
    """Who is told that a file has been filed elsewhere too: those who judge, or read all."""
    return user.has_role(Role.REVIEWER, *Role.reading_all())
