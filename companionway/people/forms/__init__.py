"""What people may type here."""

from companionway.people.forms._admin import (
    GiveRoleForm,
    HoursForm,
    InviteForm,
    NewProgrammeForm,
    OrganisationForm,
    ProgrammeForm,
    WordsForm,
)
from companionway.people.forms._groups import (
    FormatForm,
    GroupLessForm,
    GroupPlainForm,
    GroupRoleForm,
    GroupSentencesForm,
    GroupWordsForm,
    PartForm,
)
from companionway.people.forms._keeping import KeepingForm
from companionway.people.forms._me import DeleteForm, ItemForm, NeedsForm, PreferencesForm, TopicsForm
from companionway.people.forms._ways_in import (
    AgeForm,
    ConsentForm,
    NameForm,
    NewPassphraseForm,
    OneTimeCodeForm,
    PassphraseForm,
    ProgrammeChoiceForm,
    SignInForm,
    SixDigitsForm,
    WayBackForm,
)

__all__ = [
    "AgeForm",
    "ConsentForm",
    "DeleteForm",
    "FormatForm",
    "GiveRoleForm",
    "GroupLessForm",
    "GroupPlainForm",
    "GroupRoleForm",
    "GroupSentencesForm",
    "GroupWordsForm",
    "HoursForm",
    "InviteForm",
    "ItemForm",
    "KeepingForm",
    "NameForm",
    "NeedsForm",
    "NewPassphraseForm",
    "NewProgrammeForm",
    "OneTimeCodeForm",
    "OrganisationForm",
    "PartForm",
    "PassphraseForm",
    "PreferencesForm",
    "ProgrammeChoiceForm",
    "ProgrammeForm",
    "SignInForm",
    "SixDigitsForm",
    "TopicsForm",
    "WayBackForm",
    "WordsForm",
]
