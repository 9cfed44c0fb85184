"""The domain's addresses: nouns and ids, the step last, a verb as a POST-only leaf."""

from django.urls import include, path

from .views import (
    account,
    catalogue,
    cycle,
    evidence,
    extension,
    fill_in,
    finding,
    finding_files,
    grid,
    home,
    inspection,
    item,
    ledger,
    opinion,
    phrases,
    review,
    review_many,
    review_table,
    search,
    self_rating,
    sheet,
    supervision,
)

accounts = [
    path("sign-in/", account.SignIn.as_view(), name="sign-in"),
    path("sign-out/", account.SignOut.as_view(), name="sign-out"),
    path("password/", account.ChangePassword.as_view(), name="password-change"),
]
cycles = [
    path("", cycle.cycles, name="cycles"),
    path("<int:year>/", cycle.overview, name="cycle"),
    path("<int:year>/review/", review.department, name="cycle-review"),
    path("<int:year>/review/marks/", review_many.review_many, name="review-many"),
    path(
        "<int:year>/review/<str:code>/sign-off/", review_many.sign_off_ready, name="sign-off-ready"
    ),
    path("<int:year>/review/<str:code>/workbook/", fill_in.of_department, name="cycle-fill-in"),
    path(
        "<int:year>/review/<str:code>/workbook.xlsx",
        fill_in.department_workbook,
        name="cycle-fill-in-workbook",
    ),
    path(
        "<int:year>/review/<str:code>/workbook/apply/",
        fill_in.apply_to_department,
        name="cycle-fill-in-apply",
    ),
    path(
        "<int:year>/items/<str:category>-<int:number>/review/",
        review_table.of_item,
        name="cycle-item-review",
    ),
    path("<int:year>/inspections/", inspection.inspections, name="cycle-inspections"),
    path("<int:year>/inspections/new/", inspection.record, name="inspection-new"),
    path("<int:year>/findings/", finding.findings, name="cycle-findings"),
    path("<int:year>/ledger/", ledger.choose, name="cycle-ledger"),
    path("<int:year>/ledger.xlsx", ledger.of_cycle, name="cycle-workbook"),
    path("<int:year>/ledger.zip", ledger.by_branch, name="cycle-workbooks"),
]
sheets = [
    path("", sheet.sheet, name="assessment"),
    path("history/", sheet.history, name="assessment-history"),
    path("ledger.xlsx", ledger.of_branch, name="assessment-workbook"),
    path("extension/", extension.extend, name="assessment-extension"),
    path("self-rating/", grid.grid, name="assessment-self-rating"),
    path("self-rating/paste/", grid.paste, name="paste"),
    path("self-rating/paste/apply/", grid.apply, name="paste-apply"),
    path("self-rating/workbook/", fill_in.of_sheet, name="assessment-fill-in"),
    path("self-rating/workbook.xlsx", fill_in.sheet_workbook, name="assessment-fill-in-workbook"),
    path("self-rating/workbook/apply/", fill_in.apply_to_sheet, name="assessment-fill-in-apply"),
    path("self-rating/targets/", self_rating.target_stars, name="target-stars"),
    path("self-rating/submit/", self_rating.submit, name="submit"),
    path("self-rating/collect/", self_rating.collect, name="collect"),
    path("review/", review_table.of_sheet, name="assessment-review"),
    path("review/<str:code>/sign-off/", review.sign_off, name="sign-off"),
    path("review/<str:code>/sign-off-for/", review.sign_off_for, name="sign-off-for"),
    path("supervision/", supervision.decide, name="assessment-supervision"),
    path("supervision/conclude/", supervision.conclude, name="conclude"),
    path("supervision/reopen/", supervision.reopen, name="reopen"),
]
items = [
    path("", item.item, name="item"),
    path("history/", item.history, name="item-history"),
    path("self-rating/", self_rating.self_rate, name="item-self-rating"),
    path("self-rating/row/", grid.save_row, name="item-self-rating-row"),
    path("self-rating/resubmit/", self_rating.resubmit, name="resubmit"),
    path("evidence/file/", evidence.file, name="file-evidence"),
    path("evidence/attach/", evidence.attach, name="attach-evidence"),
    path("evidence/<int:evidence_pk>/detach/", evidence.detach, name="detach-evidence"),
    path("evidence/<int:evidence_pk>/replace/", evidence.replace, name="replace-evidence"),
    path("review/", review.review, name="item-review"),
    path("review/opinions/<str:code>/", opinion.opine, name="opinion"),
    path("review/return/", review.return_item, name="return"),
    path("supervision/", supervision.supervise, name="item-supervision"),
    path("supervision/send-back/", supervision.send_back, name="send-back"),
]
files = [
    path("", evidence.content, name="evidence"),
    path("thumbnail/", evidence.thumbnail, name="evidence-thumbnail"),
]
inspections = [
    path("", inspection.inspection, name="inspection"),
    path("edit/", inspection.edit, name="inspection-edit"),
    path("findings/new/", inspection.record_finding, name="finding-new"),
]
findings = [
    path("", finding.finding, name="finding"),
    path("edit/", finding.correct, name="finding-edit"),
    path("history/", finding.history, name="finding-history"),
    path("rectification/", finding.rectify, name="rectify"),
    path("recheck/", finding.recheck, name="recheck"),
    path("extension/", finding.ask_extension, name="ask-extension"),
    path("extension/answer/", finding.answer_extension, name="answer-extension"),
    path("set-aside/", finding.set_aside, name="set-aside"),
    path("withdraw/", finding.withdraw, name="withdraw-finding"),
    path("files/<str:moment>/", finding_files.file, name="file-on-finding"),
    path("files/<int:file_pk>/remove/", finding_files.remove, name="remove-from-finding"),
]
finding_contents = [
    path("", finding_files.content, name="finding-file"),
    path("thumbnail/", finding_files.thumbnail, name="finding-file-thumbnail"),
]
urlpatterns = [
    path("", home.home, name="home"),
    path("", include(accounts)),
    path("search/", search.search, name="search"),
    path("catalogues/", catalogue.catalogues, name="catalogues"),
    path("catalogues/<int:year>/", catalogue.catalogue, name="catalogue"),
    path("catalogues/<int:year>/changes/", catalogue.changes, name="catalogue-changes"),
    path("departments/<str:code>/phrases/", phrases.phrases, name="phrases"),
    path("cycles/", include(cycles)),
    path("assessments/<int:pk>/", include(sheets)),
    path("items/<int:pk>/", include(items)),
    path("evidence/<int:pk>/", include(files)),
    path("inspections/<int:pk>/", include(inspections)),
    path("findings/<int:pk>/", include(findings)),
    path("finding-files/<int:pk>/", include(finding_contents)),
]
