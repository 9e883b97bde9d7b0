"""Addresses of the screens."""

from django.urls import path

from bosett_web.pages import (
    access,
    counties,
    criteria,
    forecasts,
    journal,
    login,
    meetings,
    moves,
    numbers,
    overview,
    proposal,
    rules,
    targets,
)
from bosett_web.pages.screen import page

urlpatterns = [
    path("", login.home, name="home"),
    path("login", login.login, name="login"),
    path("login/start", login.start, name="login_start"),
    path("login/callback", login.callback, name="login_callback"),
    path("login/role", login.role, name="role"),
    path("login/demo", login.demo_login, name="demo_login"),
    path("logout", login.logout, name="logout"),
    path("settings", login.set_display, name="set_display"),
    path("kept", login.kept, name="kept"),
    path("clock", login.move_clock, name="move_clock"),
    path("access", access.access, name="access"),
    path("access/<str:name>", access.change, name="access_change"),
    path("rules", rules.rules, name="rules"),
    path("accessibility", rules.accessibility, name="accessibility"),
    path("<int:year>/", page(overview.overview), name="overview"),
    path("<int:year>/criteria", page(criteria.criteria), name="criteria"),
    path("<int:year>/forecasts", page(forecasts.forecasts), name="forecasts"),
    path("<int:year>/targets", page(targets.targets), name="targets"),
    path("<int:year>/proposal", page(proposal.proposal), name="proposal"),
    path("<int:year>/counties", page(counties.counties), name="counties"),
    path("<int:year>/counties/<str:code>", page(counties.county), name="county"),
    path("<int:year>/meetings", page(meetings.meetings), name="meetings"),
    path("<int:year>/meetings/<str:code>.ics", meetings.calendar, name="calendar"),
    path("<int:year>/numbers", page(numbers.numbers), name="numbers"),
    path("<int:year>/numbers.csv", numbers.export, name="export"),
    path("<int:year>/numbers/<str:code>", page(numbers.county_numbers), name="county_numbers"),
    path("<int:year>/journal", page(journal.journal), name="journal"),
    path("<int:year>/do/<str:name>", moves.do, name="do"),
]
