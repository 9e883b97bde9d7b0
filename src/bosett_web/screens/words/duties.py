"""Words of what waits on somebody: one imperative for each duty of the table of moves, and by when.

`duty_` and the code of a duty; `.many` where one line tells of several counties at once.
"""

Words = dict[str, tuple[str, str, str]]

BEFORE: Words = {
    "duty_criteria.draft": ("Lag utkast til kriterier", "Lag utkast til kriterium", "Draft the criteria"),
    "duty_criteria.propose": (
        "Send forslaget til kriterier til departementet",
        "Send framlegget til kriterium til departementet",
        "Send the proposed criteria to the ministry",
    ),
    "duty_criteria.adopt": (
        "Vedta kriteriene, eller send dem tilbake",
        "Vedta kriteria, eller send dei tilbake",
        "Adopt the criteria, or return them",
    ),
    "duty_criteria.share": (
        "Del kriteriene med fylkeskommunene",
        "Del kriteria med fylkeskommunane",
        "Share the criteria with the county municipalities",
    ),
    "duty_forecast.register": ("Registrer prognosen", "Registrer prognosen", "Register the forecast"),
    "duty_targets.draft": (
        "Lag utkast til måltall for landet og fylkene",
        "Lag utkast til måltal for landet og fylka",
        "Draft the targets of the country and the counties",
    ),
    "duty_targets.submit": (
        "Legg måltallene fram for utvalgsmøtet",
        "Legg måltala fram for utvalsmøtet",
        "Lay the targets before the committee",
    ),
    "duty_targets.decide": ("Vedta måltallene", "Vedta måltala", "Decide the targets"),
    "duty_targets.confirm": (
        "Bekreft måltallene, eller lag nye: grunnlaget er endret",
        "Stadfest måltala, eller lag nye: grunnlaget er endra",
        "Confirm the targets, or draft new ones: what they rest on has changed",
    ),
    "duty_proposal.queue": (
        "Regn ut forslaget til tall for kommunene",
        "Rekn ut framlegget til tal for kommunane",
        "Compute the proposal for the municipalities",
    ),
    "duty_proposal.share": (
        "Del forslaget med fylkeskommunene og KS",
        "Del framlegget med fylkeskommunane og KS",
        "Share the proposal with the county municipalities and KS",
    ),
    "duty_proposal.confirm": (
        "Bekreft forslaget, eller regn ut et nytt: måltallene er endret",
        "Stadfest framlegget, eller rekn ut eit nytt: måltala er endra",
        "Confirm the proposal, or compute a new one: the targets have changed",
    ),
    "duty_information.answer": (
        "Svar på {count:et informasjonsbehov|{count} informasjonsbehov} fra fylkeskommunene",
        "Svar på {count:eit informasjonsbehov|{count} informasjonsbehov} frå fylkeskommunane",
        "Answer {count:an information request|{count} information requests} from the county municipalities",
    ),
}

OF_COUNTIES: Words = {
    "duty_meeting.plan.joint": (
        "Planlegg møtet med alle fylkeskommunene",
        "Planlegg møtet med alle fylkeskommunane",
        "Plan the joint meeting of the county municipalities",
    ),
    "duty_meeting.plan": (
        "Planlegg fordelingsmøtet med {place}",
        "Planlegg fordelingsmøtet med {place}",
        "Plan the county meeting with {place}",
    ),
    "duty_meeting.plan.many": (
        "Planlegg fordelingsmøtene med {count} fylker",
        "Planlegg fordelingsmøta med {count} fylke",
        "Plan the county meetings with {count} counties",
    ),
    "duty_meeting.invite.joint": (
        "Kall inn til møtet med alle fylkeskommunene",
        "Kall inn til møtet med alle fylkeskommunane",
        "Invite to the joint meeting of the county municipalities",
    ),
    "duty_meeting.invite": (
        "Kall inn til fordelingsmøtet med {place}",
        "Kall inn til fordelingsmøtet med {place}",
        "Invite to the county meeting with {place}",
    ),
    "duty_meeting.invite.many": (
        "Kall inn til fordelingsmøtene med {count} fylker",
        "Kall inn til fordelingsmøta med {count} fylke",
        "Invite to the county meetings with {count} counties",
    ),
    "duty_meeting.hold.joint": (
        "Hold møtet med alle fylkeskommunene, og før referatet",
        "Hald møtet med alle fylkeskommunane, og før referatet",
        "Hold the joint meeting of the county municipalities, and write its minutes",
    ),
    "duty_meeting.hold": (
        "Hold fordelingsmøtet med {place}, og før referatet",
        "Hald fordelingsmøtet med {place}, og før referatet",
        "Hold the county meeting with {place}, and write its minutes",
    ),
    "duty_meeting.hold.many": (
        "Hold fordelingsmøtene med {count} fylker, og før referatene",
        "Hald fordelingsmøta med {count} fylke, og før referata",
        "Hold the county meetings with {count} counties, and write their minutes",
    ),
    "duty_recommendation.ready": (
        "Anbefal et tall for hver kommune i {place}",
        "Tilrå eit tal for kvar kommune i {place}",
        "Recommend a number for each municipality of {place}",
    ),
    "duty_recommendation.submit": (
        "Godkjenn anbefalingen, og send den til IMDi",
        "Godkjenn tilrådinga, og send ho til IMDi",
        "Approve the recommendation, and send it to IMDi",
    ),
    "duty_recommendation.confirm": (
        "Bekreft tallene, eller endre dem: forslaget er nytt",
        "Stadfest tala, eller endre dei: framlegget er nytt",
        "Confirm the numbers, or change them: the proposal is new",
    ),
    "duty_recommendation.confirm_final": (
        "Bekreft den endelige anbefalingen, eller åpne den igjen: forslaget er nytt",
        "Stadfest den endelege tilrådinga, eller opne ho igjen: framlegget er nytt",
        "Confirm the final recommendation, or open it again: the proposal is new",
    ),
    "duty_recommendation.reopen": (
        "Åpne anbefalingen som IMDi har sendt tilbake",
        "Opne tilrådinga som IMDi har sendt tilbake",
        "Open the recommendation that IMDi has returned",
    ),
    "duty_recommendation.hand_over": (
        "Send den endelige anbefalingen til IMDi som brev",
        "Send den endelege tilrådinga til IMDi som brev",
        "Hand the final recommendation over to IMDi as a letter",
    ),
    "duty_recommendation.comment": (
        "Les anbefalingen fra {place}, og gi merknader",
        "Les tilrådinga frå {place}, og gi merknader",
        "Read the recommendation of {place}, and comment on it",
    ),
    "duty_recommendation.comment.many": (
        "Les anbefalingene fra {count} fylker, og gi merknader",
        "Les tilrådingane frå {count} fylke, og gi merknader",
        "Read the recommendations of {count} counties, and comment on them",
    ),
    "duty_recommendation.discuss": (
        "Før møtets utfall for {place}, og avslutt drøftingen",
        "Før utfallet av møtet for {place}, og avslutt drøftinga",
        "Enter the outcome of the meeting of {place}, and close the discussion",
    ),
    "duty_recommendation.discuss.many": (
        "Før møtenes utfall for {count} fylker, og avslutt drøftingene",
        "Før utfallet av møta for {count} fylke, og avslutt drøftingane",
        "Enter the outcomes of the meetings of {count} counties, and close the discussions",
    ),
    "duty_recommendation.finish": (
        "Gjør anbefalingen for {place} endelig, eller send den tilbake",
        "Gjer tilrådinga for {place} endeleg, eller send ho tilbake",
        "Make the recommendation of {place} final, or return it",
    ),
    "duty_recommendation.finish.many": (
        "Gjør anbefalingene for {count} fylker endelige, eller send dem tilbake",
        "Gjer tilrådingane for {count} fylke endelege, eller send dei tilbake",
        "Make the recommendations of {count} counties final, or return them",
    ),
}

NUMBERS: Words = {
    "duty_round.consult": (
        "Sett de endelige tallene, og legg dem fram for KS",
        "Set dei endelege tala, og legg dei fram for KS",
        "Set the final numbers, and lay them before KS",
    ),
    "duty_round.answer": (
        "Svar på de endelige tallene",
        "Svar på dei endelege tala",
        "Answer on the final numbers",
    ),
    "duty_round.submit": (
        "Send de endelige tallene til godkjenning",
        "Send dei endelege tala til godkjenning",
        "Send the final numbers for approval",
    ),
    "duty_round.freeze": (
        "Godkjenn og frys de endelige tallene, eller send dem tilbake",
        "Godkjenn og frys dei endelege tala, eller send dei tilbake",
        "Approve and freeze the final numbers, or return them",
    ),
    "duty_round.correct": (
        "Godkjenn {count:en retting av et tall|{count} rettinger av tall}",
        "Godkjenn {count:ei retting av eit tal|{count} rettingar av tal}",
        "Approve {count:a correction of a number|{count} corrections of numbers}",
    ),
    "duty_round.release": (
        "Bestem når tallene blir offentlige",
        "Bestem når tala blir offentlege",
        "Decide when the numbers become public",
    ),
}

LETTERS: Words = {
    "duty_letter.make": (
        "Lag {count:et brev|{count} brev} til kommunene",
        "Lag {count:eit brev|{count} brev} til kommunane",
        "Make {count:a letter|{count} letters} to the municipalities",
    ),
    "duty_letter.approve": (
        "Se gjennom og godkjenn {count:et brev|{count} brev}",
        "Sjå gjennom og godkjenn {count:eit brev|{count} brev}",
        "Look through and approve {count:a letter|{count} letters}",
    ),
    "duty_letter.send": (
        "Send {count:et godkjent brev|{count} godkjente brev}",
        "Send {count:eit godkjent brev|{count} godkjende brev}",
        "Send {count:an approved letter|{count} approved letters}",
    ),
    "duty_letter.retry": (
        "Finn ut hvorfor {count:et brev|{count} brev} ikke kom fram, og send på nytt",
        "Finn ut kvifor {count:eit brev|{count} brev} ikkje kom fram, og send på nytt",
        "Find out why {count:a letter|{count} letters} did not arrive, and send again",
    ),
    "duty_letter.ask": (
        "Finn ut om {count:et brev|{count} brev} kom fram: tjenesten har ikke svart",
        "Finn ut om {count:eit brev|{count} brev} kom fram: tenesta har ikkje svart",
        "Find out whether {count:a letter|{count} letters} arrived: the service has not said",
    ),
}

ANSWERS: Words = {
    "duty_decision.record": (
        "Svar på anmodningen om å bosette flyktninger i {year}",
        "Svar på oppmodinga om å busetje flyktningar i {year}",
        "Answer the request to settle refugees in {year}",
    ),
    "duty_decision.answer_newer": (
        "Svar på den nye anmodningen for {year}",
        "Svar på den nye oppmodinga for {year}",
        "Answer the new request for {year}",
    ),
    "duty_decision.clear_up": (
        "Avklar det som IMDi har tatt opp om vedtaket",
        "Avklar det som IMDi har teke opp om vedtaket",
        "Clear up what IMDi has raised on the decision",
    ),
    "duty_decision.give_time": (
        "Svar på {count:en søknad|{count} søknader} om lengre frist",
        "Svar på {count:ein søknad|{count} søknader} om lengre frist",
        "Answer {count:a request|{count} requests} for more time",
    ),
    "duty_decision.complete": (
        "Vurder {count:et vedtak og forbeholdene i det|{count} vedtak og forbeholdene i dem}",
        "Vurder {count:eit vedtak og atterhalda i det|{count} vedtak og atterhalda i dei}",
        "Judge {count:a decision and its conditions|{count} decisions and their conditions}",
    ),
    "duty_decision.clear": (
        "Følg opp {count:et vedtak|{count} vedtak} som må avklares",
        "Følg opp {count:eit vedtak|{count} vedtak} som må avklarast",
        "Follow up {count:a decision|{count} decisions} to be cleared up",
    ),
}

WHEN: Words = {
    "by_day": ("innen {day}", "innan {day}", "by {day}"),
    "on_day": ("{day}", "{day}", "{day}"),
    "in_june": ("i juni {year}", "i juni {year}", "in June {year}"),
    "in_summer": ("før sommeren {year}", "før sommaren {year}", "before the summer of {year}"),
    "in_autumn": ("høsten {year}", "hausten {year}", "in the autumn of {year}"),
    "no_day": ("ingen frist er satt", "ingen frist er sett", "no day is set"),
}

DUTIES: Words = {**BEFORE, **OF_COUNTIES, **NUMBERS, **LETTERS, **ANSWERS, **WHEN}
