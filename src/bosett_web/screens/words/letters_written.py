"""Words of letters that are written on demand: to counties and municipalities, and a county's own recommendation."""

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
    "remind_before": ("Har fått påminnelse før", "Har fått påminning før", "Reminded before"),
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
        "Send en ny påminnelse også til dem som har fått en før",
        "Send ei ny påminning òg til dei som har fått ei før",
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
    "field_answer_to": ("Adressen for svar", "Adressa for svar", "Where to write"),
    "field_situation": ("Situasjonen", "Situasjonen", "The situation"),
    "field_situation_nb": ("Situasjonen, på bokmål", "Situasjonen, på bokmål", "The situation, in Bokmål"),
    "field_situation_nn": ("Situasjonen, på nynorsk", "Situasjonen, på nynorsk", "The situation, in Nynorsk"),
    "situation_help": (
        "Det myndighetenes tiltak er rettet mot. Tomt i et vanlig år.",
        "Det tiltaka frå styresmaktene er retta mot. Tomt i eit vanleg år.",
        "What the government's measures are against. Empty in a plain year.",
    ),
    "situation_in_both": (
        "Skriv situasjonen på begge målformene.",
        "Skriv situasjonen på begge målformene.",
        "Write the situation in both forms.",
    ),
    "field_targets_by": ("Hvem fastsetter måltallene?", "Kven fastset måltala?", "Who decides the targets?"),
    "targets_by_committee": ("utvalget vedtar dem", "utvalet vedtek dei", "the committee decides them"),
    "targets_by_directorate": (
        "utvalget gir råd, IMDi fastsetter",
        "utvalet gir råd, IMDi fastset",
        "the committee advises, IMDi decides",
    ),
    "targets_by_ministry": (
        "utvalget gir råd, departementet fastsetter",
        "utvalet gir råd, departementet fastset",
        "the committee advises, the ministry decides",
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
_MEETINGS: Words = {
    "letter_agenda": ("Saksliste", "Sakliste", "Agenda"),
    "letter_minutes": ("Referat", "Referat", "Minutes"),
    "meeting_letters": ("Brev om fylkesmøtene", "Brev om fylkesmøta", "Letters of the county meetings"),
    "joint_letters": ("Brev om fellesmøtet", "Brev om fellesmøtet", "Letters of the joint meeting"),
    "joint_letters_help": (
        "Hver fylkeskommune får sitt eget brev, på sin målform.",
        "Kvar fylkeskommune får eit eige brev, på si målform.",
        "Each county municipality gets a letter of its own, in its language.",
    ),
    "write_invitation": ("Skriv innkalling", "Skriv innkalling", "Write the invitation"),
    "write_cancellation": ("Skriv om avlysning", "Skriv om avlysing", "Write that it is called off"),
    "write_help_cancellation": (
        "Til dem som vet om møtet. Tid, sted og grunn hentes fra avlysningen. Kalenderfilen følger med i zip-filen.",
        "Til dei som veit om møtet. Tid, stad og grunn blir henta frå avlysinga. Kalenderfila følgjer med i zip-fila.",
        "To those who know of the meeting. Time, place and reason come from what was written then. The calendar file is in the zip.",
    ),
    "write_agenda": ("Skriv saksliste", "Skriv sakliste", "Write the agenda"),
    "write_minutes": ("Skriv referat", "Skriv referat", "Write the minutes"),
    "write_help_invitation": (
        "Tid, sted og saker hentes fra møtet. Kalenderfilen ligger på møtets side og følger med i zip-filen.",
        "Tid, stad og saker blir henta frå møtet. Kalenderfila ligg på sida til møtet og følgjer med i zip-fila.",
        "Time, place and subjects come from the meeting. The calendar file is on its page, and in the zip.",
    ),
    "write_help_agenda": (
        "Tid og sted hentes fra møtet.",
        "Tid og stad blir henta frå møtet.",
        "Time and place come from the meeting.",
    ),
    "write_help_minutes": (
        "Alt hentes fra møtet: deltakere, utfall, begrunnelser og åpne punkter.",
        "Alt blir henta frå møtet: deltakarar, utfall, grunngivingar og opne punkt.",
        "All of it comes from the meeting: who was there, outcomes, reasons and open points.",
    ),
    "field_items": ("Saker", "Saker", "Items"),
    "items_help": (
        "Én sak på hver linje, for eksempel «10.15 Kommune for kommune; 90 min; fylkeskommunen». Klokkeslett, varighet og ansvarlig kan utelates. Tomt felt: sakene som står på møtets side.",
        "Éi sak på kvar linje, til dømes «10.15 Kommune for kommune; 90 min; fylkeskommunen». Klokkeslett, lengd og ansvarleg kan utelatast. Tomt felt: sakene som står på sida til møtet.",
        "One item on each line, such as “10.15 One by one; 90 min; the county municipality”. Time, length and who leads may be left out. Empty: the items on the meeting's page.",
    ),
    "agenda_not_in_order": (
        "«{line}»: klokkeslettet kan ikke være før møtet begynner eller før saken over.",
        "«{line}»: klokkeslettet kan ikkje vere før møtet byrjar eller før saka over.",
        "“{line}”: the time cannot be before the meeting begins or before the item above.",
    ),
    "meeting_letter_on_its_way": (
        "Brevet er godkjent eller på vei. Trekk godkjenningen først.",
        "Brevet er godkjent eller på veg. Trekk godkjenninga først.",
        "The letter is approved or on its way. Withdraw the approval first.",
    ),
    "meeting_not_called_off": (
        "Ingen møter er avlyst her.",
        "Ingen møte er avlyste her.",
        "No meeting is called off here.",
    ),
    "meeting_not_held": ("Møtet er ikke holdt.", "Møtet er ikkje halde.", "The meeting has not been held."),
    "letters_changed_meanwhile": (
        "Noe i runden ble endret mens brevet ble skrevet. Ingenting er lagret. Prøv en gang til.",
        "Noko i runden vart endra medan brevet vart skrive. Ingenting er lagra. Prøv ein gong til.",
        "Something in the round changed while the letter was written. Nothing is saved. Try again.",
    ),
    "letter_calendar": ("Kalenderfil til møtet (.ics)", "Kalenderfil til møtet (.ics)", "Calendar file (.ics)"),
    "meeting_papers": ("Brev", "Brev", "Letters"),
}
_RECOMMENDATION: Words = {
    "letter_recommendation": (
        "Anbefaling fra fylkeskommunen",
        "Tilråding frå fylkeskommunen",
        "Recommendation of the county",
    ),
    "do_recommendation.hand_over": ("Send anbefalingen", "Send tilrådinga", "Hand over the recommendation"),
    "event_recommendation.hand_over": (
        "Anbefalingen sendt som brev",
        "Tilrådinga send som brev",
        "Recommendation handed over as a letter",
    ),
    "handed_title": ("Anbefalingen som brev", "Tilrådinga som brev", "The recommendation as a letter"),
    "handed_open": (
        "Brev {reference} (PDF, ny fane)",
        "Brev {reference} (PDF, ny fane)",
        "Letter {reference} (PDF, new tab)",
    ),
    "hand_over_help": (
        "Brevet får tallene som ble lagret da anbefalingen ble endelig. IMDi får det her i Bosett med det samme, og KS kan lese det.",
        "Brevet får tala som vart lagra då tilrådinga vart endeleg. IMDi får det her i Bosett med ein gong, og KS kan lese det.",
        "The letter holds the numbers kept when the recommendation became final. IMDi gets it here in Bosett at once, and KS may read it.",
    ),
    "handed_over_already": (
        "Denne anbefalingen er alt sendt som brev.",
        "Denne tilrådinga er alt send som brev.",
        "This recommendation has been handed over already.",
    ),
    "final_not_kept": (
        "Ingen endelig versjon er lagret.",
        "Ingen endeleg versjon er lagra.",
        "No final version has been kept.",
    ),
    "sheet_now": ("Arket slik det er nå", "Arket slik det er no", "The sheet as it is now"),
    "lack_case": ("Saksnummer", "Saksnummer", "Case number"),
    "lack_reason": (
        "Begrunnelse for et tall som avviker fra forslaget",
        "Grunngiving for eit tal som avvik frå framlegget",
        "The reason for a number that departs from the proposal",
    ),
    "lack_lines": ("Tall for kommunene", "Tal for kommunane", "Numbers for the municipalities"),
    "lack_versions": ("Lagrede versjoner", "Lagra versjonar", "Versions that were kept"),
    "lack_items": ("Saker", "Saker", "Items"),
}
_LACKS: Words = {
    "lack_taken_over": ("Når fylkeskommunene overtok", "Når fylkeskommunane tok over", "When the counties took over"),
    "lack_plan": ("Planen for inneværende år", "Planen for inneverande år", "The plan of the running year"),
    "lack_resettlement_percent": (
        "Andelen overføringsflyktninger",
        "Kor stor del som er overføringsflyktningar",
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
    "lack_answer_to": ("Adressen for svar", "Adressa for svar", "Where to write"),
    "lack_asked": (
        "Anmodningene i inneværende år",
        "Oppmodingane i inneverande år",
        "The requests of the running year",
    ),
    "lack_asked_on": ("Når kommunen ble anmodet", "Når kommunen vart oppmoda", "When the municipality was asked"),
    "lack_deadline_before": ("Fristen som gjaldt", "Fristen som galdt", "The deadline until now"),
    "lack_subjects": ("Det møtet handler om", "Det møtet handlar om", "What the meeting is about"),
    "lack_meeting_day": ("Dato for møtet", "Dato for møtet", "The day of the meeting"),
    "lack_meeting_place": ("Sted for møtet", "Stad for møtet", "The place of the meeting"),
    "lack_meeting_starts": ("Når møtet begynner", "Når møtet byrjar", "When the meeting begins"),
}
WRITTEN_LETTERS: Words = {**_REMINDERS, **_CIRCULAR, **_MEETINGS, **_RECOMMENDATION, **_LACKS}
"""What people read, by code: (bokmål, nynorsk, English). {names} are filled in by the caller."""
