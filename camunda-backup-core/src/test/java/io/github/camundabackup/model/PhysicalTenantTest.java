package io.github.camundabackup.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhysicalTenantTest {
    @Test
    void defaultOneIsTheSameHoweverItIsNamed() {
        assertThat(PhysicalTenant.of("default")).isEqualTo(PhysicalTenant.DEFAULT);
        assertThat(new PhysicalTenant("default").isDefault()).isTrue();
        assertThat(PhysicalTenant.of("eu").isDefault()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"eu", "euwest", "eu-west", "eu_west", "1", "default2"})
    void isNamedAsInTheConfiguration(String id) {
        assertThat(PhysicalTenant.of(id)).hasToString(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "EU", "eu/west", "eu west", "../v2", "-eu", "eu?x=y", "<default>"})
    void nothingElseIsATenant(String id) {
        assertThatThrownBy(() -> PhysicalTenant.of(id))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("camunda.physical-tenants");
        assertThatThrownBy(() -> PhysicalTenant.of("e".repeat(65))).isInstanceOf(IllegalArgumentException.class);
    }
}
