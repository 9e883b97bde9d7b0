"""Words of meetings: information requests, participants, meeting mode, minutes, comments.

The words of the minutes are those of the document itself, which is written in bokmål or nynorsk: each is its own text.
"""

Words = dict[str, tuple[str, str, str]]

INFORMATION: Words = {
    "needs_lead": (
        "Det fylkeskommunene trenger å vite fra IMDi for å kunne anbefale. Behovene er sakslisten for fellesmøtet, og alle som er med der, ser dem.",
        "Det fylkeskommunane treng å vite frå IMDi for å kunne tilrå. Behova er sakliste for fellesmøtet, og alle som er med der, ser dei.",
        "What the county municipalities need to know from IMDi to recommend. The needs are the agenda of the joint meeting, and all who take part in it see them.",
    ),
    "no_needs": ("Ingen behov er meldt.", "Ingen behov er melde.", "No needs have been told."),
    "field_need": ("Hva trenger dere å vite?", "Kva treng de å vite?", "What do you need to know?"),
    "field_reply": ("Svar", "Svar", "Answer"),
    "need_help": (
        "Meld ett behov om gangen, så kan hvert få sitt svar. Skriv aldri noe som peker ut en enkelt person.",
        "Meld eitt behov om gongen, så kan kvart få sitt svar. Skriv aldri noko som peikar ut ein einskild person.",
        "Tell one need at a time, so that each can have its answer. Never write anything that points out a single person.",
    ),
    "unanswered": ("ikke besvart", "ikkje svart på", "not answered"),
    "answered_on": ("IMDi svarte {day}", "IMDi svara {day}", "IMDi answered {day}"),
    "request_gone": ("Behovet finnes ikke.", "Behovet finst ikkje.", "There is no such need."),
}

MEETING: Words = {
    "open_meeting": ("Om møtet", "Om møtet", "About the meeting"),
    "open_room": ("Møtemodus", "Møtemodus", "Meeting mode"),
    "open_minutes": ("Referat", "Referat", "Minutes"),
    "open_draft": ("Utkast til referat", "Utkast til referat", "Draft minutes"),
    "change_meeting": (
        "Endre tid, sted eller saksliste",
        "Endre tid, stad eller sakliste",
        "Change time, place or agenda",
    ),
    "change_help": (
        "Er møtet innkalt, får kalenderfilen et nytt nummer. Den som henter filen igjen, får endringen.",
        "Er møtet innkalla, får kalenderfila eit nytt nummer. Den som hentar fila igjen, får endringa.",
        "When the meeting has been called, the calendar file gets a new number: whoever fetches it again gets the change.",
    ),
    "save_change": ("Lagre endringen", "Lagre endringa", "Save the change"),
    "present": ("Til stede", "Til stades", "Present"),
    "present_help": (
        "Skriv funksjon, aldri navn: for eksempel avdelingsdirektør, rådgiver.",
        "Skriv funksjon, aldri namn: til dømes avdelingsdirektør, rådgivar.",
        "Write functions, never names: for example head of department, adviser.",
    ),
    "field_present_directorate": ("IMDi", "IMDi", "IMDi"),
    "field_present_ks": ("KS", "KS", "KS"),
    "field_present_county": ("Fylkeskommunen", "Fylkeskommunen", "The county municipality"),
    "save_present": ("Lagre deltakerne", "Lagre deltakarane", "Save who is present"),
    "not_noted": ("ikke ført", "ikkje ført", "not noted"),
    "points": ("Åpne punkter", "Opne punkt", "Open points"),
    "no_points": ("Ingen åpne punkter.", "Ingen opne punkt.", "No open points."),
    "field_point": ("Nytt punkt", "Nytt punkt", "New point"),
    "add_point": ("Legg til", "Legg til", "Add"),
    "close_point": ("Lukk", "Lukk", "Close"),
    "reopen_point": ("Åpne igjen", "Opne igjen", "Open again"),
    "point_closed": ("lukket", "lukka", "closed"),
    "point_gone": (
        "Punktet er endret av en annen, eller finnes ikke.",
        "Punktet er endra av ein annan, eller finst ikkje.",
        "Somebody else has changed the point, or there is none.",
    ),
    "event_meeting.change": ("Møte endret", "Møte endra", "Meeting changed"),
    "event_meeting.point": ("Punkt notert", "Punkt notert", "Point noted"),
    "event_meeting.close_point": ("Punkt lukket", "Punkt lukka", "Point closed"),
    "event_meeting.reopen_point": ("Punkt åpnet igjen", "Punkt opna igjen", "Point opened again"),
    "done_meeting.note": ("Deltakerne er lagret", "Deltakarane er lagra", "Who is present is saved"),
    "done_meeting.outcome": ("Lagret", "Lagra", "Saved"),
    "done_meeting.outcomes": ("Utfallet er som anbefalt", "Utfallet er som tilrådd", "The outcome is as recommended"),
    "done_meeting.comment": ("Merknaden er lagret", "Merknaden er lagra", "The comment is saved"),
    "done_ks.comment": ("Merknaden er lagret", "Merknaden er lagra", "The comment is saved"),
}

ROOM: Words = {
    "room_agenda": (
        "Saksliste og fylket som helhet",
        "Sakliste og fylket som heilskap",
        "Agenda and the county as a whole",
    ),
    "room_municipalities": ("Kommunene", "Kommunane", "The municipalities"),
    "room_no_agenda": ("Ingen saksliste er skrevet.", "Inga sakliste er skriven.", "No agenda has been written."),
    "room_not_submitted": (
        "Fylkeskommunen har ikke sendt inn anbefalingen. Anbefalte tall og utfall vises her når den er sendt inn.",
        "Fylkeskommunen har ikkje sendt inn tilrådinga. Tilrådde tal og utfall blir viste her når ho er send inn.",
        "The county municipality has not submitted its recommendation. Recommended numbers and outcomes are shown here when it has.",
    ),
    "room_no_proposal": (
        "Forslaget er ikke delt ennå. Tallene vises her når det er delt og fylkeskommunen har sendt inn anbefalingen.",
        "Framlegget er ikkje delt enno. Tala blir viste her når det er delt og fylkeskommunen har sendt inn tilrådinga.",
        "The proposal is not shared yet. The numbers are shown here when it is, and the county municipality has submitted its recommendation.",
    ),
    "room_missing": ("ikke sendt inn", "ikkje sendt inn", "not submitted"),
    "outcome_so_far": ("Utfall så langt", "Utfall så langt", "Outcome so far"),
    "outcome_count": (
        "{done} av {all} {all:kommune|kommuner}",
        "{done} av {all} {all:kommune|kommunar}",
        "{done} of {all} {all:municipality|municipalities}",
    ),
    "rest_as_recommended": ("Med resten som anbefalt", "Med resten som tilrådd", "With the rest as recommended"),
    "from_target": ("Avvik fra måltallet", "Avvik frå måltalet", "From the target"),
    "minors": ("Enslige mindreårige", "Einslege mindreårige", "Unaccompanied minors"),
    "minors_of_target": (
        "under 15: {under15} av {target15}, 15–18: {from15} av {target18}",
        "under 15: {under15} av {target15}, 15–18: {from15} av {target18}",
        "under 15: {under15} of {target15}, 15–18: {from15} of {target18}",
    ),
    "of_these_minors": (
        "under 15: {under15}, 15–18: {from15}",
        "under 15: {under15}, 15–18: {from15}",
        "under 15: {under15}, 15–18: {from15}",
    ),
    "signal_title": ("Kommunens signal", "Signal frå kommunen", "The municipality’s signal"),
    "signal_none": ("Ikke gitt", "Ikkje gitt", "None given"),
    "signal_minors": (
        "hvorav {minors} {minors:enslig mindreårig|enslige mindreårige}",
        "av dei {minors} {minors:einsleg mindreårig|einslege mindreårige}",
        "{minors} of them unaccompanied minors",
    ),
    "capacity_title": ("Kapasitet", "Kapasitet", "Capacity"),
    "capacity_none": ("Ikke meldt inn", "Ikkje meldt inn", "Not reported"),
    "recommendation_reason": (
        "Fylkeskommunens begrunnelse",
        "Grunngivinga frå fylkeskommunen",
        "The county municipality’s reason",
    ),
    "reason_none": ("Ingen begrunnelse er gitt.", "Inga grunngiving er gitt.", "No reason is given."),
    "outcome_of": ("Møtets utfall for {name}", "Utfall av møtet for {name}", "Outcome for {name}"),
    "outcome_number": ("Personer", "Personar", "Persons"),
    "outcome_under15": ("Under 15", "Under 15", "Under 15"),
    "outcome_from15": ("15–18", "15–18", "15–18"),
    "outcome_by": ("Hvem sa hvorfor", "Kven sa kvifor", "Who said why"),
    "outcome_reason": ("Begrunnelse", "Grunngiving", "Reason"),
    "nobody_chosen": ("Ingen valgt", "Ingen vald", "Nobody chosen"),
    "as_recommended": ("Som anbefalt: {number}", "Som tilrådd: {number}", "As recommended: {number}"),
    "rest_button": ("Resten som anbefalt", "Resten som tilrådd", "The rest as recommended"),
    "place_before": ("Forrige", "Førre", "Previous"),
    "place_after": ("Neste", "Neste", "Next"),
    "keys": ("Hurtigtaster: n og p blar", "Hurtigtastar: n og p blar", "Keys: n and p turn the pages"),
    "clock": ("Møtetid", "Møtetid", "Time of the meeting"),
    "clock_start": ("Start", "Start", "Start"),
    "clock_pause": ("Pause", "Pause", "Pause"),
    "clock_reset": ("Nullstill", "Nullstill", "Reset"),
    "whole_screen": ("Hele skjermen", "Heile skjermen", "Whole screen"),
    "waits_for_fault": ("Ikke lagret ennå", "Ikkje lagra enno", "Not saved yet"),
    "saving": ("Lagrer …", "Lagrar …", "Saving …"),
    "not_saved": (
        "Ikke lagret: ingen forbindelse. Det du skrev, står her. Prøv igjen.",
        "Ikkje lagra: inga samband. Det du skreiv, står her. Prøv igjen.",
        "Not saved: no connection. What you wrote is still here. Try again.",
    ),
}

COMMENTS: Words = {
    "ks_title": (
        "Fylkenes anbefalinger og møter",
        "Tilrådingane og møta til fylka",
        "The counties’ recommendations and meetings",
    ),
    "ks_comments": ("Merknader fra KS", "Merknader frå KS", "Comments from KS"),
    "ks_no_comments": ("Ingen merknader.", "Ingen merknader.", "No comments."),
    "ks_of_round": ("Om runden som helhet", "Om runden som heilskap", "Of the round as a whole"),
    "whole_county": ("Fylket som helhet", "Fylket som heilskap", "The county as a whole"),
    "field_comment": ("Merknad", "Merknad", "Comment"),
    "write_comment": ("Skriv merknad", "Skriv merknad", "Write a comment"),
    "comment_of": ("Gjelder", "Gjeld", "Of"),
    "departures": (
        "Kommuner som avviker fra forslaget",
        "Kommunar som vik av frå framlegget",
        "Municipalities that depart from the proposal",
    ),
    "meeting_when": ("Møte", "Møte", "Meeting"),
}

MINUTES: Words = {
    "minutes_heading": (
        "Referat fra regionalt fordelingsmøte",
        "Referat frå regionalt fordelingsmøte",
        "Minutes of the county meeting",
    ),
    "minutes_joint": (
        "Referat fra fellesmøtet med fylkeskommunene",
        "Referat frå fellesmøtet med fylkeskommunane",
        "Minutes of the joint meeting with the counties",
    ),
    "minutes_of": (
        "{county}. Bosettingsåret {year}",
        "{county}. Busetjingsåret {year}",
        "{county}. Settlement year {year}",
    ),
    "minutes_of_all": ("Bosettingsåret {year}", "Busetjingsåret {year}", "Settlement year {year}"),
    "minutes_draft": (
        "Utkast. Møtet er ikke ført som holdt, og bare IMDi ser dette.",
        "Utkast. Det er ikkje ført at møtet er halde, og berre IMDi ser dette.",
        "Draft. The meeting is not recorded as held, and only IMDi sees this.",
    ),
    "minutes_when": ("Tid", "Tid", "Time"),
    "minutes_where": ("Sted", "Stad", "Place"),
    "minutes_present": ("Til stede", "Til stades", "Present"),
    "minutes_not_noted": ("Ikke ført i møtet", "Ikkje skrive opp", "Not noted"),
    "minutes_agenda": ("Saksliste", "Sakliste", "Agenda"),
    "minutes_needs": (
        "Informasjonsbehov meldt av fylkeskommunene",
        "Det fylkeskommunane ville vite",
        "What the counties needed to know",
    ),
    "minutes_answer": ("IMDi svarte:", "Svar frå IMDi:", "IMDi answered:"),
    "minutes_no_answer": ("Ikke besvart.", "Det er ikkje svara på dette enno.", "Not answered."),
    "minutes_outcome": ("Hva møtet kom fram til", "Det møtet kom fram til", "What the meeting came to"),
    "minutes_outcome_lead": (
        "IMDi, KS og fylkeskommunen gikk gjennom kommunene. Tabellen viser forslaget som lå til grunn, fylkeskommunens anbefaling og møtets utfall.",
        "Partane drøfta kommunane éin for éin. I tabellen står framlegget dei hadde føre seg, tilrådinga frå fylkeskommunen og utfallet av møtet.",
        "IMDi, KS and the county municipality went through the municipalities. The table has the proposal, the recommendation and the outcome.",
    ),
    "minutes_unsubmitted": (
        "Fylkeskommunen hadde ikke sendt inn noen anbefaling, så ingen tall er behandlet.",
        "Det låg ikkje føre noka innsend tilråding, og møtet har difor ikkje drøfta tal.",
        "No recommendation had been submitted, so no numbers were discussed.",
    ),
    "minutes_unfinished": (
        "Kommuner som ennå ikke har fått noe utfall: {count}.",
        "Kommunar der utfallet står att: {count}.",
        "Municipalities without an outcome yet: {count}.",
    ),
    "minutes_on_target": (
        "Til sammen {total} {total:person|personer}, som er fylkets måltall.",
        "Summen er {total} {total:person|personar}, og det er det same som måltalet for fylket.",
        "{total} {total:person|persons} in all, which is the county’s target.",
    ),
    "minutes_above_target": (
        "Til sammen {total} {total:person|personer}. Det er {away} over fylkets måltall på {target}.",
        "Summen er {total} {total:person|personar}, {away} fleire enn måltalet for fylket, som er {target}.",
        "{total} {total:person|persons} in all, {away} above the county’s target of {target}.",
    ),
    "minutes_below_target": (
        "Til sammen {total} {total:person|personer}. Det er {away} under fylkets måltall på {target}.",
        "Summen er {total} {total:person|personar}, {away} færre enn måltalet for fylket, som er {target}.",
        "{total} {total:person|persons} in all, {away} below the county’s target of {target}.",
    ),
    "minutes_changed": ("Utfall som ble begrunnet", "Grunngjevne utfall", "Outcomes with reasons"),
    "minutes_changed_line": (
        "anbefalt {number}, utfall {outcome}",
        "tilrådd {number}, utfall {outcome}",
        "recommended {number}, outcome {outcome}",
    ),
    "minutes_unchanged": (
        "Alle utfall er som fylkeskommunen anbefalte.",
        "Møtet følgde tilrådinga frå fylkeskommunen for alle kommunane.",
        "Every outcome is as the county municipality recommended.",
    ),
    "minutes_whole_reason": (
        "Fylkeskommunens begrunnelse for avvik fra måltallet",
        "Kvifor fylkeskommunen vik av frå måltalet",
        "The county municipality’s reason for departing from the target",
    ),
    "minutes_ks": ("Merknader fra KS", "Merknader frå KS", "Comments from KS"),
    "minutes_points": ("Punkter til oppfølging", "Punkt å følgje opp", "Points to follow up"),
    "minutes_point_open": ("Åpent", "Ope", "Open"),
    "minutes_point_closed": ("Lukket", "Lukka", "Closed"),
    "minutes_no_points": ("Ingen.", "Ingen.", "None."),
    "minutes_text": ("Fra drøftingen", "Frå drøftinga", "From the discussion"),
    "minutes_text_missing": (
        "Ingen tekst er skrevet ennå.",
        "Det er ikkje skrive noko her enno.",
        "Nothing is written yet.",
    ),
    "minutes_sum": ("Sum", "Sum", "Sum"),
    "minutes_print": (
        "Skriv ut eller lagre som PDF fra nettleseren.",
        "Skriv ut eller lagre som PDF frå nettlesaren.",
        "Print, or save as PDF, from the browser.",
    ),
    "minutes_in_nb": ("Bokmål", "Bokmål", "Bokmål"),
    "minutes_in_nn": ("Nynorsk", "Nynorsk", "Nynorsk"),
    "minutes_hold": ("Skriv referatteksten", "Skriv referatteksten", "Write the text of the minutes"),
}

MEETINGS: Words = {**INFORMATION, **MEETING, **ROOM, **COMMENTS, **MINUTES}
