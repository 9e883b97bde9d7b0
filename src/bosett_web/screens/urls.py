"""Addresses of the screens."""

from django.urls import path, register_converter

from bosett_web.screens import moves
from bosett_web.screens.access import access, alerts, first, login
from bosett_web.screens.capacity import capacity, placement
from bosett_web.screens.capacity import workbook as capacity_book
from bosett_web.screens.county import counties, hand_over, inputs, ks, sheet, versions, workbook
from bosett_web.screens.decisions import decisions, downloads, receipts
from bosett_web.screens.figures import figures
from bosett_web.screens.letters import addresses, check, delivery, letters, look
from bosett_web.screens.letters import downloads as letter_files
from bosett_web.screens.meetings import knowledge, meetings, minutes, room
from bosett_web.screens.need import files as need_files
from bosett_web.screens.need import need
from bosett_web.screens.notices import notices
from bosett_web.screens.numbers import numbers
from bosett_web.screens.public import calendar as public_calendar
from bosett_web.screens.public import criteria as public_criteria
from bosett_web.screens.public import data, files, front, news, places, year
from bosett_web.screens.public import documents as public_documents
from bosett_web.screens.public.page import LanguageConverter, public_page
from bosett_web.screens.revision import revision
from bosett_web.screens.round import (
    country,
    criteria,
    criteria_sensitivity,
    criteria_try,
    criteria_write,
    documents,
    forecasts,
    history,
    journal,
    overview,
    own,
    proposal,
    rounds,
    runs,
    settlement_year,
    targets,
    why,
)
from bosett_web.screens.round import settlement_year_files as year_files
from bosett_web.screens.screen import page
from bosett_web.screens.settlement import files as ledger_files
from bosett_web.screens.settlement import settlement
from bosett_web.screens.site import checksums, rules, search

register_converter(LanguageConverter, "language")

urlpatterns = [
    path("favicon.ico", rules.icon, name="icon"),
    path("", login.home, name="home"),
    path("login", login.login, name="login"),
    path("login/start", login.start, name="login_start"),
    path("login/callback", login.callback, name="login_callback"),
    path("login/role", login.role, name="role"),
    path("login/demo", login.demo_login, name="demo_login"),
    path("login/demo/walk", login.demo_walk, name="demo_walk"),
    path("logout", login.logout, name="logout"),
    path("settings", login.set_display, name="set_display"),
    path("kept", login.kept, name="kept"),
    path("clock", login.move_clock, name="move_clock"),
    path("first/<str:token>", first.first, name="first"),
    path("access", access.access, name="access"),
    path("alerts", alerts.alerts, name="alerts"),
    path("alerts/read", alerts.read, name="alerts_read"),
    path("access/login-check", access.login_check, name="login_check"),
    path("access/invite", access.invite, name="access_invite"),
    path("access/<str:name>", access.change, name="access_change"),
    path("<language:language>/", public_page(front.front), name="public_front"),
    path("<language:language>/about", public_page(front.about), name="public_about"),
    path("<language:language>/find", public_page(front.find, asks=("q",)), name="public_find"),
    path("<language:language>/<int:year>/", public_page(year.year), name="public_year"),
    path("<language:language>/<int:year>/releases/<int:number>", public_page(year.year), name="public_release"),
    path("<language:language>/<int:year>/places", public_page(places.places, asks=places.ASKS), name="public_places"),
    path("<language:language>/<int:year>/counties/<str:code>", public_page(places.county), name="public_county"),
    path(
        "<language:language>/<int:year>/municipalities/<str:code>",
        public_page(places.municipality),
        name="public_municipality",
    ),
    path("<language:language>/<int:year>/calendar", public_page(public_calendar.calendar), name="public_calendar"),
    path("<language:language>/<int:year>/criteria", public_page(public_criteria.criteria), name="public_criteria"),
    path(
        "<language:language>/<int:year>/documents",
        public_page(public_documents.documents, asks=public_documents.ASKS),
        name="public_documents",
    ),
    path("<language:language>/<int:year>/data", public_page(data.data), name="public_data"),
    path("<language:language>/<int:year>/news.atom", news.feed, name="public_feed"),
    path("data/", files.catalogue, name="public_catalogue"),
    path("data/<int:year>/<int:number>", files.permanent, name="public_permanent"),
    path("data/<int:year>/<int:number>/<str:name>", files.release_file, name="public_file"),
    path("rules", rules.rules, name="rules"),
    path("accessibility", rules.accessibility, name="accessibility"),
    path("rounds", rounds.all_rounds, name="rounds"),
    path("rounds/open", rounds.open_round, name="open_round"),
    path("rounds/former", rounds.read_in, name="read_in"),
    path("figures", figures.figures, name="figures"),
    path("figures/read", figures.read, name="figures_read"),
    path("figures/fetch", figures.fetch, name="figures_fetch"),
    path("figures/<int:identity>", figures.figure_set_page, name="figure_set"),
    path("figures/<int:identity>/<str:name>", figures.change, name="figures_change"),
    path("<int:year>/", page(overview.overview), name="overview"),
    path("<int:year>/notices", page(notices.notices), name="notices"),
    path("<int:year>/capacity", page(capacity.capacity), name="capacity"),
    path("<int:year>/capacity/<str:code>.xlsx", capacity_book.xlsx, name="county_capacity_xlsx"),
    path("<int:year>/capacity/<str:code>", page(capacity.county_capacity), name="county_capacity"),
    path("<int:year>/capacity/<str:code>/upload", capacity_book.fill, name="county_capacity_upload"),
    path("<int:year>/placement", page(placement.placement), name="placement"),
    path("<int:year>/inputs", page(inputs.inputs), name="inputs"),
    path("<int:year>/criteria", page(criteria.criteria), name="criteria"),
    path("<int:year>/criteria/try", page(criteria_try.criteria_try), name="criteria_try"),
    path("<int:year>/criteria/write", page(criteria_write.criteria_write), name="criteria_write"),
    path("<int:year>/criteria/write/change", criteria_write.change, name="criteria_change"),
    path("<int:year>/criteria/rules/<str:name>.yaml", criteria_write.rules_file, name="rules_file"),
    path(
        "<int:year>/criteria/sensitivity",
        page(criteria_sensitivity.criteria_sensitivity),
        name="criteria_sensitivity",
    ),
    path("<int:year>/forecasts", page(forecasts.forecasts), name="forecasts"),
    path("<int:year>/need", page(need.need), name="need"),
    path("<int:year>/need.<str:kind>", need_files.need_file, name="need_file"),
    path("<int:year>/targets", page(targets.targets), name="targets"),
    path("<int:year>/targets/fill", targets.fill, name="targets_fill"),
    path("<int:year>/proposal", page(proposal.proposal), name="proposal"),
    path("<int:year>/proposal/<int:version>.json", checksums.run_control, name="run_control"),
    path("<int:year>/history", page(history.history), name="history"),
    path("<int:year>/history.<str:kind>", history.history_file, name="history_file"),
    path("<int:year>/runs", page(runs.runs), name="runs"),
    path("<int:year>/runs.csv", runs.runs_csv, name="runs_csv"),
    path("<int:year>/runs.xlsx", runs.runs_xlsx, name="runs_xlsx"),
    path("<int:year>/letters", page(letters.letters), name="letters"),
    path("<int:year>/letters/look", page(look.letters_look), name="letters_look"),
    path("<int:year>/letters/check", page(check.letters_check), name="letters_check"),
    path("<int:year>/letters/confirm", page(check.letters_confirm), name="letters_confirm"),
    path("<int:year>/letters/delivery", page(delivery.letters_delivery), name="letters_delivery"),
    path("<int:year>/letters/all.pdf", letter_files.merged, name="letters_pdf"),
    path("<int:year>/letters/all.zip", letter_files.zipped, name="letters_zip"),
    path("<int:year>/letters/all", page(letter_files.bound), name="bound"),
    path("<int:year>/letters/<int:letter>.pdf", letter_files.pdf, name="letter_pdf"),
    path("<int:year>/letters/<int:letter>.json", checksums.letter_control, name="letter_control"),
    path("<int:year>/letters/<str:letter>", page(letters.letter), name="letter"),
    path("<int:year>/documents", page(documents.documents), name="documents"),
    path("<int:year>/addresses", page(addresses.addresses), name="addresses"),
    path("<int:year>/addresses/upload", addresses.upload, name="addresses_upload"),
    path("<int:year>/counties", page(counties.counties), name="counties"),
    path("<int:year>/counties/<str:code>.xlsx", workbook.xlsx, name="county_xlsx"),
    path("<int:year>/counties/<str:code>.csv", workbook.csv, name="county_csv"),
    path("<int:year>/counties/<str:code>/upload", workbook.upload, name="upload"),
    path("<int:year>/counties/<str:code>/upload/apply", workbook.apply, name="upload_apply"),
    path("<int:year>/counties/<str:code>", page(counties.county), name="county"),
    path("<int:year>/counties/<str:code>/why/<str:municipality>", page(why.why), name="why"),
    path("<int:year>/counties/<str:code>/cells", sheet.cells, name="cells"),
    path("<int:year>/counties/<str:code>/versions", page(versions.versions), name="versions"),
    path("<int:year>/counties/<str:code>/versions/<str:version>.pdf", hand_over.sheet_pdf, name="sheet_pdf"),
    path("<int:year>/counties/<str:code>/documents/<int:identity>", versions.document, name="document"),
    path("<int:year>/meetings", page(meetings.meetings), name="meetings"),
    path("<int:year>/meetings/<str:code>.ics", meetings.calendar, name="calendar"),
    path("<int:year>/meetings/<str:code>/<uuid:uid>.ics", meetings.calendar, name="calendar_of"),
    path("<int:year>/meetings/<str:code>", page(meetings.meeting), name="meeting"),
    path("<int:year>/meetings/<str:code>/room", page(room.room), name="room"),
    path("<int:year>/meetings/<str:code>/minutes", page(minutes.minutes), name="minutes"),
    path("<int:year>/knowledge", page(knowledge.knowledge), name="knowledge"),
    path("<int:year>/knowledge/<int:identity>", page(knowledge.given_answer), name="given_answer"),
    path("<int:year>/knowledge/<int:identity>/read", knowledge.receipt, name="given_read"),
    path("<int:year>/knowledge/<int:given>/<int:identity>.pdf", knowledge.document, name="answer_document"),
    path("<int:year>/ks", page(ks.ks), name="ks"),
    path("<int:year>/country", page(country.country), name="country"),
    path("<int:year>/own", page(own.own), name="own"),
    path("<int:year>/decisions", page(decisions.decisions), name="decisions"),
    path("<int:year>/decisions/live", decisions.decisions_live, name="decisions_live"),
    path("<int:year>/decisions.csv", downloads.decisions_csv, name="decisions_csv"),
    path("<int:year>/decisions/counties.csv", downloads.decision_counties_csv, name="decision_counties_csv"),
    path("<int:year>/decisions/days.csv", downloads.decision_days_csv, name="decision_days_csv"),
    path("<int:year>/decisions/<str:code>/<int:version>.pdf", downloads.decision_document, name="decision_document"),
    path("<int:year>/decisions/<str:code>/<int:version>", page(receipts.receipt), name="receipt"),
    path("<int:year>/decisions/<str:code>/<int:version>/receipt.pdf", receipts.receipt_pdf, name="receipt_pdf"),
    path("<int:year>/decisions/<str:code>/<int:version>.json", checksums.answer_control, name="answer_control"),
    path("<int:year>/settlement", page(settlement.settlement), name="settlement"),
    path("<int:year>/settlement/year", page(settlement_year.settlement_year), name="settlement_year"),
    path("<int:year>/settlement/year.csv", year_files.settlement_year_csv, name="settlement_year_csv"),
    path("<int:year>/settlement/year.xlsx", year_files.settlement_year_xlsx, name="settlement_year_xlsx"),
    path("<int:year>/settlement.xlsx", ledger_files.xlsx, name="ledger_xlsx"),
    path("<int:year>/settlement/upload", ledger_files.upload, name="ledger_upload"),
    path("<int:year>/settlement/upload/apply", ledger_files.apply, name="ledger_apply"),
    path("<int:year>/revision", page(revision.revision), name="revision"),
    path("<int:year>/revision/<int:version>.csv", revision.revision_csv, name="revision_csv"),
    path("<int:year>/numbers", page(numbers.numbers), name="numbers"),
    path("<int:year>/numbers.csv", numbers.export, name="export"),
    path("<int:year>/numbers/<str:code>", page(numbers.county_numbers), name="county_numbers"),
    path("<int:year>/search", page(search.search), name="search"),
    path("<int:year>/journal.json", journal.journal_file, name="journal_file"),
    path("<int:year>/journal", page(journal.journal), name="journal"),
    path("<int:year>/do/<str:name>", moves.do, name="do"),
]
