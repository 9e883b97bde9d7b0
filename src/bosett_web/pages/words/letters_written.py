"""Words of letters that are written on demand: reminders and the circular, and what they may lack."""

Words = dict[str, tuple[str, str, str]]

_REMINDERS: Words = {
    "reminders": ("Påminnelser om svar", "Påminningar om svar", "Reminders to answer"),
    "reminders_help": (
        "Påminnelsene skrives på mottakerens målform. De som har tid igjen, beholder fristen sin.",
        "Påminningane blir skrivne på målforma til mottakaren. Dei som har tid att, held på fristen sin.",
        "Each is written in the receiver's language. Those with time left keep their deadline.",
    ),
    "remind_late": ("Fristen har gått ut", "Fristen har gått ut", "The deadline has passed"),
    "remind_near": ("Fristen er nær", "Fristen er nær", "The deadline is near"),
    "remind_before": ("Påminnet før", "Mint på før", "Reminded before"),
    "remind_on_way": ("Påminnelsen er godkjent eller på vei", "Påminninga er godkjend eller på veg", "On its way"),
    "remind_no_form": (
        "Målformen er ikke kjent, så brevet lages ikke",
        "Målforma er ikkje kjend, så brevet blir ikkje laga",
        "The language is not known, so no letter is made",
    ),
    "field_remind_by": (
        "Ny frist for dem som er for sene",
        "Ny frist for dei som er for seine",
        "New deadline for those who are late",
    ),
    "remind_again": (
        "Send en ny påminnelse også til dem som er påminnet før",
        "Send ei ny påminning òg til dei som er minte på før",
        "Remind those reminded before as well",
    ),
    "remind_count": ("Kommuner: {count}", "Kommunar: {count}", "Municipalities: {count}"),
    "write_reminders": ("Skriv påminnelsene", "Skriv påminningane", "Write the reminders"),
    "nobody_to_remind": (
        "Det er ingen å minne på nå.",
        "Det er ingen å minne på no.",
        "There is nobody to remind now.",
    ),
    "reminder_without_way": (
        "Si først hvordan kommunen svarer.",
        "Sei først korleis kommunen svarer.",
        "Say first how the municipality answers.",
    ),
}
_CIRCULAR: Words = {
    "circular": ("Brev til fylkeskommunene", "Brev til fylkeskommunane", "Letter to the county municipalities"),
    "circular_help": (
        "Plan, stanser, kriterier, frister og fellesmøte hentes fra runden. Resten fylles ut her.",
        "Plan, stansar, kriterium, fristar og fellesmøte blir henta frå runden. Resten blir fylt ut her.",
        "Plan, stops, criteria, dates and the joint meeting come from the round. The rest is filled in here.",
    ),
    "circular_forms_lead": (
        "Målform for fylkeskommuner med ukjent språkvedtak",
        "Målform for fylkeskommunar med ukjent språkvedtak",
        "Language of those whose decision is not known",
    ),
    "circular_forms": ("Velg målform for: {names}.", "Vel målform for: {names}.", "Choose a language for: {names}."),
    "circular_gone": (
        "Alle brevene er godkjent eller sendt.",
        "Alle breva er godkjende eller sende.",
        "All the letters are approved or sent.",
    ),
    "write_circular": ("Skriv brevene", "Skriv breva", "Write the letters"),
    "field_percent": (
        "Overføringsflyktninger, prosent av planen",
        "Overføringsflyktningar, prosent av planen",
        "Resettlement refugees, percent of the plan",
    ),
    "percent_outside": (
        "Skriv en prosent fra 0 til 100.",
        "Skriv ein prosent frå 0 til 100.",
        "Write a percentage from 0 to 100.",
    ),
    "field_goes_on": (
        "Går bosettingen fra mottak som planlagt?",
        "Går busetjinga frå mottak som planlagt?",
        "Does settlement from reception centres go on?",
    ),
    "field_answer_to": ("Adressen svar sendes til", "Adressa svar blir sende til", "Where to write"),
    "field_situation": ("Situasjonen", "Situasjonen", "The situation"),
    "field_situation_nb": ("Situasjonen, på bokmål", "Situasjonen, på bokmål", "The situation, in Bokmål"),
    "field_situation_nn": ("Situasjonen, på nynorsk", "Situasjonen, på nynorsk", "The situation, in Nynorsk"),
    "situation_help": (
        "Det myndighetenes tiltak er rettet mot. Tomt i et vanlig år.",
        "Det tiltaka frå styresmaktene er retta mot. Tomt i eit vanleg år.",
        "What the government's measures are against. Empty in a plain year.",
    ),
    "situation_in_both": (
        "Skriv situasjonen på begge målformer.",
        "Skriv situasjonen på begge målformene.",
        "Write the situation in both forms.",
    ),
    "field_capacity_by": (
        "Siste dag å melde fra om kapasitet (ellers når som helst)",
        "Siste dag å melde frå om kapasitet (elles når som helst)",
        "Last day to tell of capacity (otherwise any time)",
    ),
    "field_information_by": (
        "Siste dag å be om opplysninger (ellers før møtet)",
        "Siste dag å be om opplysningar (elles før møtet)",
        "Last day to ask for information (otherwise before the meeting)",
    ),
}
_MINUTES: Words = {
    "letter_minutes": ("Referat", "Referat", "Minutes"),
    "minutes_letters": ("Referat fra fylkesmøte", "Referat frå fylkesmøte", "Minutes of a county meeting"),
    "minutes_letters_help": (
        "Alt hentes fra møtet: deltakere, utfall, begrunnelser og åpne punkter.",
        "Alt blir henta frå møtet: deltakarar, utfall, grunngivingar og opne punkt.",
        "All of it comes from the meeting: who was there, outcomes, reasons and open points.",
    ),
    "write_minutes": ("Skriv referatet", "Skriv referatet", "Write the minutes"),
    "minutes_on_their_way": (
        "Referatet er godkjent eller på vei. Trekk godkjenningen først.",
        "Referatet er godkjent eller på veg. Trekk godkjenninga først.",
        "The minutes are approved or on their way. Withdraw the approval first.",
    ),
    "meeting_not_held": ("Møtet er ikke holdt.", "Møtet er ikkje halde.", "The meeting has not been held."),
}
_LACKS: Words = {
    "lack_present": ("Hvem som var til stede", "Kven som var til stades", "Who was present"),
    "lack_taken_over": ("Når fylkeskommunene overtok", "Når fylkeskommunane tok over", "When the counties took over"),
    "lack_plan": ("Planen for inneværende år", "Planen for inneverande år", "The plan of the running year"),
    "lack_resettlement_percent": (
        "Andelen overføringsflyktninger",
        "Delen overføringsflyktningar",
        "The share of resettlement refugees",
    ),
    "lack_reception_goes_on": (
        "Om bosettingen fra mottak går videre",
        "Om busetjinga frå mottak går vidare",
        "Whether settlement from reception centres goes on",
    ),
    "lack_ministry": ("Hvem som vedtar kriteriene", "Kven som vedtek kriteria", "Who adopts the criteria"),
    "lack_criteria_proposed": ("Hvordan kriteriene står", "Korleis kriteria står", "How the criteria stand"),
    "lack_forecast_due": ("Når prognosen kommer", "Når prognosen kjem", "When the forecast comes"),
    "lack_targets_due": ("Når måltallene vedtas", "Når måltala blir vedtekne", "When the targets are decided"),
    "lack_requests_due": ("Når kommunene får brev", "Når kommunane får brev", "When the municipalities get letters"),
    "lack_meeting_due": (
        "Når fellesmøtet er; det er ikke planlagt",
        "Når fellesmøtet er; det er ikkje planlagt",
        "When the joint meeting is; it is not planned",
    ),
    "lack_answer_to": ("Adressen svar sendes til", "Adressa svar blir sende til", "Where to write"),
    "lack_asked": (
        "Anmodningene i inneværende år",
        "Oppmodingane i inneverande år",
        "The requests of the running year",
    ),
    "lack_asked_on": ("Når kommunen ble bedt", "Når kommunen vart beden", "When the municipality was asked"),
    "lack_deadline_before": ("Fristen som gjaldt", "Fristen som galdt", "The deadline until now"),
    "lack_subjects": ("Det møtet handler om", "Det møtet handlar om", "What the meeting is about"),
    "lack_meeting_day": ("Møtets dag", "Dagen for møtet", "The day of the meeting"),
    "lack_meeting_place": ("Møtets sted", "Staden for møtet", "The place of the meeting"),
    "lack_meeting_starts": ("Når møtet begynner", "Når møtet byrjar", "When the meeting begins"),
}
WRITTEN_LETTERS: Words = {**_REMINDERS, **_CIRCULAR, **_MINUTES, **_LACKS}
"""What people read, by code: (bokmål, nynorsk, English). {names} are filled in by the caller."""
