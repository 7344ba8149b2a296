package io.github.camundabackup.architecture.violations.backup;

import io.github.camundabackup.architecture.violations.component.SpecialClient;

public interface TellsParticipantsApart {
    SpecialClient client();
}
