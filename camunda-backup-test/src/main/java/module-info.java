/**
 * A simulated Camunda cluster, virtual time, restore drills, the acceptance kit and the contract of snapshot stores, for
 * tests.
 */
module io.github.camundabackup.test {
    requires static org.jspecify;
    requires transitive io.github.camundabackup.core;
    requires transitive org.junit.jupiter.api;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires java.net.http;
    requires jdk.httpserver;
    requires transitive org.assertj.core;

    exports io.github.camundabackup.test.acceptance;
    exports io.github.camundabackup.test.assertion;
    exports io.github.camundabackup.test.contract;
    exports io.github.camundabackup.test.drill;
    exports io.github.camundabackup.test.simulation;
    exports io.github.camundabackup.test.simulation.model;
    exports io.github.camundabackup.test.time;
}
