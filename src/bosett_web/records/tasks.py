"""The names of the background's tasks, as they stand in the table of its jobs."""

from enum import StrEnum


class Task(StrEnum):
    """A task; `bosett_web.jobs.tasks` says what each does."""

    COMPUTE_PROPOSAL = "compute_proposal"
    RUN_NEED = "run_need"
    WEIGH_NEED = "weigh_need"
    MAKE_LETTERS = "make_letters"
    SEND_LETTER = "send_letter"
    TAKE_UP_LETTERS = "take_up_letters"
    FOLLOW_LETTERS = "follow_letters"
    BIND_LETTERS = "bind_letters"
    FETCH_FIGURES = "fetch_figures"
    LET_GO_OF_HELD = "let_go_of_held"
    SEND_ALERTS = "send_alerts"
    TIDY_UP = "tidy_up"
    WALK_DEMO = "walk_demo"
