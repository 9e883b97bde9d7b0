"""The words of the letters to municipalities: request, not asked, revised request, reminder."""

from collections.abc import Mapping

REQUEST: Mapping[str, Mapping[str, str]] = {
    "nb": {
        "title_request": "Anmodning om å bosette flyktninger i {year}",
        "title_not_asked": "Kommunen blir ikke anmodet om å bosette flyktninger i {year}",
        "title_up": "Tilleggsanmodning om å bosette flyktninger i {year}",
        "title_down": "Nedjustert anmodning om å bosette flyktninger i {year}",
        "title_same": "Anmodningen om å bosette flyktninger i {year} står ved lag",
        "title_reminder": "Påminnelse: vi venter på svar på anmodningen for {year}",
        "f_number": "Anmodning for {year}",
        "f_minors": "Av dem enslige mindreårige",
        "f_none": "ingen",
        "f_deadline": "Svarfrist",
        "f_first": "Opprinnelig anmodning",
        "f_new": "Ny anmodning",
        "f_change": "Endring",
        "f_passed": "Fristen som gikk ut",
        "f_new_deadline": "Ny svarfrist",
        "ask": "IMDi ber {receiver} om å bosette {persons} i {year}.",
        "minors_number": "Tallet på enslige mindreårige blant dem er {minors}.",
        "minors_none": "Ingen av dem er enslige mindreårige.",
        "minors_unknown": "Hvor mange av dem som er enslige mindreårige, er ennå ikke kjent. Det betyr ikke at det er "
        "ingen.",
        "h_how": "Slik kom tallet fram",
        "h_how_none": "Derfor blir kommunen ikke anmodet",
        "proposal_other": "Det beregnede forslaget var {proposal}. Det endelige tallet er {number}.",
        "proposal_other_none": "Det beregnede forslaget var {proposal}, men kommunen blir likevel ikke anmodet.",
        "decided": "Tallet er fastsatt av {by} {on}.",
        "decided_none": "Dette er bestemt av {by} {on}.",
        "after": "{advisor} hadde anbefalt {persons}.",
        "after_on": "{advisor} anbefalte {persons} {on}.",
        "after_none": "{advisor} hadde anbefalt at kommunen ikke blir anmodet.",
        "after_none_on": "{advisor} anbefalte {on} at kommunen ikke blir anmodet.",
        "departs": "Tallet er et annet enn det anbefalte. Begrunnelse: {why}",
        "without": "Fylkeskommunen har ikke gitt noen anbefaling. Begrunnelse: {why}",
        "h_forecast": "Hvor stort behovet er, og hvor usikkert",
        "national": "Kommunene anmodes til sammen om å bosette {national} i {year}.",
        "forecast": "Behovet i hele landet er anslått til {middle}. Det kan bli så lavt som {low} og så høyt som "
        "{high}. Prognosen er fra {publisher} og bygger på det som var kjent {as_of}.",
        "may_change": "Endrer behovet seg, kan anmodningen bli justert. Da får kommunen et nytt brev.",
        "budget": "Vi tar forbehold om at Stortinget bevilger midler til bosettingen i statsbudsjettet for {year}.",
        "h_criteria": "Kriteriene",
        "criteria_used": "Anmodningen bygger på {title}:",
        "criteria_none_used": "Grunnlaget er {title}:",
        "criteria_used_rest": "Anmodningen bygger på {title}. Kriteriene som veier med, er regnet ut ovenfor. I "
        "tillegg gjelder dette:",
        "criteria_used_above": "Anmodningen bygger på {title}. Kriteriene er regnet ut ovenfor.",
        "criteria_none_used_rest": "Grunnlaget er {title}. Kriteriene som veier med, er regnet ut ovenfor. I tillegg "
        "gjelder dette:",
        "criteria_none_used_above": "Grunnlaget er {title}. Kriteriene er regnet ut ovenfor.",
        "h_answer": "Dette må svaret inneholde",
        "answer_intro": "Vi ber kommunen gjøre vedtak og sende det til oss. Vedtaket må inneholde:",
        "answer_intro_revised": "Send oss vedtaket. Det må inneholde:",
        "answer_number": "et klart tall på hvor mange flyktninger kommunen bosetter i {year}; null er også et svar",
        "answer_free": "Vedtaket kan ikke inneholde forbehold. Familiegjenforente regnes ikke med i tallet, og "
        "kommunen kan ikke stille krav om nasjonalitet eller om hva slags husstander som kommer.",
        "answer_minors": "om kommunen bosetter enslige mindreårige: ja eller nei",
        "answer_more": "hvor mange flere kommunen kan bosette hvis behovet vokser",
        "answer_by": "Svaret sendes {way} innen {deadline}.",
        "not_asked": "IMDi anmoder ikke {receiver} om å bosette flyktninger i {year}. Kommunen trenger ikke svare på "
        "dette brevet.",
        "not_asked_means": "At en kommune ikke er anmodet, er ikke det samme som at den har sagt nei.",
        "not_asked_may": "Vokser behovet, kan kommunen bli spurt senere i året. Vil kommunen bosette likevel, eller "
        "vet dere noe som vi burde vite, ta kontakt på {contact}.",
        "revised_up": "I brevet av {first_on} ba IMDi {receiver} om å bosette {first} i {year}. Nå ber vi om flere: "
        "den nye anmodningen er {persons}.",
        "revised_down": "I brevet av {first_on} ba IMDi {receiver} om å bosette {first} i {year}. Nå ber vi om "
        "færre: den nye anmodningen er {persons}.",
        "revised_same": "I brevet av {first_on} ba IMDi {receiver} om å bosette {first} i {year}. Vi har gått "
        "gjennom anmodningene på nytt, og tallet er fortsatt {persons}.",
        "h_why": "Hvorfor tallet er endret",
        "kept": "Det opprinnelige tallet blir stående i oversiktene ved siden av det nye.",
        "answered": "Kommunen har vedtatt å bosette {answered}. Vi ber om et nytt vedtak som svarer på det nye tallet.",
        "answered_not": "Kommunen har ikke svart på den opprinnelige anmodningen. Nå er det nok å svare på den nye.",
        "reminder": "Den {on} ba IMDi {receiver} om å bosette {persons} i {year}. Fristen for å svare var "
        "{deadline}, og vi kan ikke se at kommunen har svart.",
        "reminder_near": "Den {on} ba IMDi {receiver} om å bosette {persons} i {year}. Fristen for å svare er "
        "{deadline}, og så vidt vi kan se, har kommunen ikke vedtatt noe tall ennå.",
        "reminder_why": "Uten svar vet vi ikke hvor mange som får et sted å bo, og de som venter, må vente lenger. "
        "Null er også et svar.",
        "reminder_crossed": "Har dere alt sendt svaret, kan dere se bort fra dette brevet.",
    },
    "nn": {
        "title_request": "Oppmoding om å busetje flyktningar i {year}",
        "title_not_asked": "Kommunen blir ikkje oppmoda om å busetje flyktningar i {year}",
        "title_up": "Tilleggsoppmoding om å busetje flyktningar i {year}",
        "title_down": "Nedjustert oppmoding om å busetje flyktningar i {year}",
        "title_same": "Oppmodinga om å busetje flyktningar i {year} står ved lag",
        "title_reminder": "Påminning: vi ventar på svar på oppmodinga for {year}",
        "f_number": "Oppmoding for {year}",
        "f_minors": "Av dei einslege mindreårige",
        "f_none": "ingen",
        "f_deadline": "Svarfrist",
        "f_first": "Opphavleg oppmoding",
        "f_new": "Ny oppmoding",
        "f_change": "Endring",
        "f_passed": "Fristen som gjekk ut",
        "f_new_deadline": "Ny svarfrist",
        "ask": "IMDi oppmodar {receiver} om å busetje {persons} i {year}.",
        "minors_number": "Talet på einslege mindreårige mellom dei er {minors}.",
        "minors_none": "Det er ingen einslege mindreårige mellom dei.",
        "minors_unknown": "Vi veit enno ikkje kor mange av dei som er einslege mindreårige. Det tyder ikkje at det "
        "er ingen.",
        "h_how": "Korleis vi kom fram til talet",
        "h_how_none": "Difor blir kommunen ikkje oppmoda",
        "proposal_other": "Utrekninga gav eit framlegg på {proposal}. Det endelege talet vart {number}.",
        "proposal_other_none": "Utrekninga gav eit framlegg på {proposal}, men kommunen blir likevel ikkje oppmoda.",
        "decided": "{by} fastsette talet {on}.",
        "decided_none": "{by} avgjorde dette {on}.",
        "after": "På førehand hadde {advisor} tilrådd {persons}.",
        "after_on": "På førehand, {on}, hadde {advisor} tilrådd {persons}.",
        "after_none": "På førehand hadde {advisor} tilrådd at kommunen ikkje blir oppmoda.",
        "after_none_on": "På førehand, {on}, hadde {advisor} tilrådd at kommunen ikkje blir oppmoda.",
        "departs": "Talet er eit anna enn det tilrådde. Grunngiving: {why}",
        "without": "Det ligg ikkje føre noka tilråding frå fylkeskommunen. Grunngiving: {why}",
        "h_forecast": "Kor stort er behovet, og kor sikkert er det?",
        "national": "Til saman blir kommunane oppmoda om å busetje {national} i {year}.",
        "forecast": "For heile landet er behovet rekna til {middle}, men det kan bli så lågt som {low} eller så høgt "
        "som {high}. {publisher} har laga prognosen ut frå det som var kjent {as_of}.",
        "may_change": "Om behovet endrar seg, kan oppmodinga bli justert. Kommunen får då eit nytt brev.",
        "budget": "Oppmodinga gjeld med det atterhaldet at Stortinget løyver pengar til busetjinga i statsbudsjettet "
        "for {year}.",
        "h_criteria": "Kriteria",
        "criteria_used": "Til grunn for oppmodinga ligg {title}:",
        "criteria_none_used": "Til grunn ligg {title}:",
        "criteria_used_rest": "Til grunn for oppmodinga ligg {title}. Dei kriteria som har vekt, er rekna ut ovanfor. "
        "Dessutan gjeld dette:",
        "criteria_used_above": "Til grunn for oppmodinga ligg {title}. Kriteria er rekna ut ovanfor.",
        "criteria_none_used_rest": "Til grunn ligg {title}. Dei kriteria som har vekt, er rekna ut ovanfor. Dessutan "
        "gjeld dette:",
        "criteria_none_used_above": "Til grunn ligg {title}. Kriteria er rekna ut ovanfor.",
        "h_answer": "Kva svaret må ha med",
        "answer_intro": "Kommunen gjer sjølv vedtak og sender det til oss. Vedtaket må innehalde:",
        "answer_intro_revised": "Vi ber dykk sende oss vedtaket. Det må innehalde:",
        "answer_number": "eit klart tal på kor mange flyktningar kommunen vil busetje i {year}; null er òg eit svar",
        "answer_free": "Vedtaket kan ikkje ha atterhald. Dei som blir gjenforeinte med familien sin, skal ikkje "
        "reknast med i talet, og kommunen kan ikkje krevje ein viss nasjonalitet eller visse slag husstandar.",
        "answer_minors": "om kommunen tek imot einslege mindreårige: ja eller nei",
        "answer_more": "kor mange fleire kommunen kan busetje dersom behovet veks",
        "answer_by": "Send svaret {way} innan {deadline}.",
        "not_asked": "{receiver} blir ikkje oppmoda om å busetje flyktningar i {year}. De treng ikkje svare på dette "
        "brevet.",
        "not_asked_means": "Å ikkje vere oppmoda er noko anna enn å ha sagt nei.",
        "not_asked_may": "Dersom behovet veks, kan vi kome til å spørje kommunen seinare i året. Ønskjer de å busetje "
        "likevel, eller veit de noko som vi burde vite, kan de ta kontakt på {contact}.",
        "revised_up": "I brevet av {first_on} vart {receiver} oppmoda om å busetje {first} i {year}. No ber vi om at "
        "kommunen tek imot fleire: den nye oppmodinga er {persons}.",
        "revised_down": "I brevet av {first_on} vart {receiver} oppmoda om å busetje {first} i {year}. No ber vi om "
        "at kommunen tek imot færre: den nye oppmodinga er {persons}.",
        "revised_same": "I brevet av {first_on} vart {receiver} oppmoda om å busetje {first} i {year}. IMDi har sett "
        "på oppmodingane ein gong til, og talet er framleis {persons}.",
        "h_why": "Kvifor talet er endra",
        "kept": "I oversiktene blir det opphavlege talet ståande ved sida av det nye.",
        "answered": "De har gjort vedtak om å busetje {answered}. No ber vi om eit nytt vedtak, som svarar på det nye "
        "talet.",
        "answered_not": "De har ikkje svara på den opphavlege oppmodinga, og treng no berre svare på den nye.",
        "reminder": "I eit brev av {on} oppmoda IMDi {receiver} om å busetje {persons} i {year}. Svarfristen var "
        "{deadline}. Vi finn ikkje noko svar frå kommunen.",
        "reminder_near": "I eit brev av {on} oppmoda IMDi {receiver} om å busetje {persons} i {year}. Svarfristen er "
        "{deadline}. Vi finn enno ikkje noko vedtak frå kommunen.",
        "reminder_why": "Når vi ikkje får svar, veit vi ikkje kor mange som får ein stad å bu, og dei som ventar, må "
        "vente lenger. Null er òg eit svar.",
        "reminder_crossed": "Er svaret alt på veg, kan de sjå bort frå dette brevet.",
    },
    "en": {
        "title_request": "Request to settle refugees in {year}",
        "title_not_asked": "The municipality is not asked to settle refugees in {year}",
        "title_up": "Additional request to settle refugees in {year}",
        "title_down": "Reduced request to settle refugees in {year}",
        "title_same": "The request to settle refugees in {year} stands",
        "title_reminder": "Reminder: we await an answer to the request for {year}",
        "f_number": "Request for {year}",
        "f_minors": "Unaccompanied minors among them",
        "f_none": "none",
        "f_deadline": "Answer by",
        "f_first": "First request",
        "f_new": "New request",
        "f_change": "Change",
        "f_passed": "Deadline that has passed",
        "f_new_deadline": "New deadline",
        "ask": "IMDi asks {receiver} to settle {persons} in {year}.",
        "minors_number": "The number of unaccompanied minors among them is {minors}.",
        "minors_none": "None of them are unaccompanied minors.",
        "minors_unknown": "How many of them are unaccompanied minors is not known yet. That does not mean none.",
        "h_how": "How the number came about",
        "h_how_none": "Why the municipality is not asked",
        "proposal_other": "The computed proposal was {proposal}. The final number is {number}.",
        "proposal_other_none": "The computed proposal was {proposal}, but the municipality is not asked after all.",
        "decided": "The number was decided by {by} {on}.",
        "decided_none": "This was decided by {by} {on}.",
        "after": "It followed the recommendation of {advisor}, which was {persons}.",
        "after_on": "It followed the recommendation of {advisor}, which was {persons}, given {on}.",
        "after_none": "It followed the recommendation of {advisor} that the municipality be not asked.",
        "after_none_on": "It followed the recommendation of {advisor}, given {on}, that the municipality be not asked.",
        "departs": "The number is another than the one recommended. The reason: {why}",
        "without": "The county municipality gave no recommendation. The reason: {why}",
        "h_forecast": "How large the need is, and how uncertain",
        "national": "The municipalities are asked to settle {national} in {year} in all.",
        "forecast": "The need of the whole country is put at {middle}. It may be as low as {low} and as high as "
        "{high}. The forecast is by {publisher} and rests on what was known {as_of}.",
        "may_change": "If the need changes, the request may be revised. The municipality then gets a new letter.",
        "budget": "The request is made on condition that the Storting grants the money in the state budget for {year}.",
        "h_criteria": "The criteria",
        "criteria_used": "The request rests on {title}:",
        "criteria_none_used": "The basis is {title}:",
        "criteria_used_rest": "The request rests on {title}. The criteria that have a weight are computed above. This "
        "holds as well:",
        "criteria_used_above": "The request rests on {title}. The criteria are computed above.",
        "criteria_none_used_rest": "The basis is {title}. The criteria that have a weight are computed above. This "
        "holds as well:",
        "criteria_none_used_above": "The basis is {title}. The criteria are computed above.",
        "h_answer": "What the answer must hold",
        "answer_intro": "We ask the municipality to decide, and to send us its decision. It must hold:",
        "answer_intro_revised": "Please send us the decision. It must hold:",
        "answer_number": "a clear number of refugees that the municipality settles in {year}; none is an answer too",
        "answer_free": "The decision may hold no conditions. Family members who are reunited later are not counted "
        "in, and the municipality may not ask for a nationality or a kind of household.",
        "answer_minors": "whether the municipality settles unaccompanied minors: yes or no",
        "answer_more": "how many more the municipality can settle if the need grows",
        "answer_by": "The answer is sent {way} by {deadline}.",
        "not_asked": "IMDi does not ask {receiver} to settle refugees in {year}. The municipality need not answer "
        "this letter.",
        "not_asked_means": "Not to be asked is not the same as to have said no.",
        "not_asked_may": "If the need grows, the municipality may be asked later in the year. If it wishes to settle "
        "all the same, or knows something that we ought to know, please contact {contact}.",
        "revised_up": "In the letter of {first_on}, IMDi asked {receiver} to settle {first} in {year}. Now we ask for "
        "more: the new request is {persons}.",
        "revised_down": "In the letter of {first_on}, IMDi asked {receiver} to settle {first} in {year}. Now we ask "
        "for fewer: the new request is {persons}.",
        "revised_same": "In the letter of {first_on}, IMDi asked {receiver} to settle {first} in {year}. We have gone "
        "through the requests anew, and the number is still {persons}.",
        "h_why": "Why the number was changed",
        "kept": "The first number is kept beside the new one in all overviews.",
        "answered": "The municipality has decided to settle {answered}. We ask for a new decision that answers the "
        "new number.",
        "answered_not": "The municipality has not answered the first request. It is enough to answer the new one.",
        "reminder": "{on_capital}, IMDi asked {receiver} to settle {persons} in {year}. The answer was due "
        "{deadline}, and we cannot see that the municipality has answered.",
        "reminder_near": "{on_capital}, IMDi asked {receiver} to settle {persons} in {year}. The answer is due "
        "{deadline}, and we cannot see that the municipality has decided yet.",
        "reminder_why": "Without an answer we do not know how many will have a place to live, and those who wait must "
        "wait longer. None is an answer too.",
        "reminder_crossed": "If your answer is on its way, please leave this letter aside.",
    },
}
