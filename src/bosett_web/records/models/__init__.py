"""The tables of a round, a file for each noun. Columns and constraints only: no rule, no mail, no address."""

from bosett_web.records.models.alternatives import CriteriaAlternative, WrittenRule
from bosett_web.records.models.capacity import CapacityAsking, CapacityReport
from bosett_web.records.models.county import (
    Attachment,
    Comment,
    Recommendation,
    RecommendationLine,
    RecommendationVersion,
)
from bosett_web.records.models.decisions import AnswerPlan, Decision, HeldDocument
from bosett_web.records.models.figures import FigureFetch, FigureFile, FigureSet
from bosett_web.records.models.inputs import CountyInput
from bosett_web.records.models.ledger import LedgerEntry
from bosett_web.records.models.letters import DeliveryTry, FormerWording, Letter, LetterSettings
from bosett_web.records.models.meetings import (
    AnswerDocument,
    AnswerReceipt,
    InformationAnswer,
    InformationRequest,
    Meeting,
    MeetingAddendum,
    MeetingMinutes,
    MeetingPoint,
)
from bosett_web.records.models.need import NeedRun
from bosett_web.records.models.notices import Notice
from bosett_web.records.models.numbers import Correction, FinalNumber, Request
from bosett_web.records.models.placement import AgreedPlace, KeptPlan, WaitingList
from bosett_web.records.models.releases import CountRelease, PublishedRelease, ReleasePart
from bosett_web.records.models.revisions import NeedAlert, Revision, RevisionLine
from bosett_web.records.models.round import (
    CalendarDay,
    Clock,
    CountyTarget,
    CriteriaSet,
    Forecast,
    Proposal,
    ProposalLine,
    SettlementRound,
    Skip,
    Targets,
)
from bosett_web.records.models.withholding import Withholding

__all__ = [
    "AgreedPlace",
    "AnswerDocument",
    "AnswerPlan",
    "AnswerReceipt",
    "Attachment",
    "CalendarDay",
    "CapacityAsking",
    "CapacityReport",
    "Clock",
    "Comment",
    "Correction",
    "CountRelease",
    "CountyInput",
    "CountyTarget",
    "CriteriaAlternative",
    "CriteriaSet",
    "Decision",
    "DeliveryTry",
    "FigureFetch",
    "FigureFile",
    "FigureSet",
    "FinalNumber",
    "Forecast",
    "FormerWording",
    "HeldDocument",
    "InformationAnswer",
    "InformationRequest",
    "KeptPlan",
    "LedgerEntry",
    "Letter",
    "LetterSettings",
    "Meeting",
    "MeetingAddendum",
    "MeetingMinutes",
    "MeetingPoint",
    "NeedAlert",
    "NeedRun",
    "Notice",
    "Proposal",
    "ProposalLine",
    "PublishedRelease",
    "Recommendation",
    "RecommendationLine",
    "RecommendationVersion",
    "ReleasePart",
    "Request",
    "Revision",
    "RevisionLine",
    "SettlementRound",
    "Skip",
    "Targets",
    "WaitingList",
    "Withholding",
    "WrittenRule",
]
