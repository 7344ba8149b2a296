package io.github.camundabackup.test.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.camundabackup.line.CamundaLine;
import io.github.camundabackup.restore.plan.RestorePlan;
import io.github.camundabackup.restore.plan.RestoreSettings;
import io.github.camundabackup.test.engine.AbstractEngineTest;
import io.github.camundabackup.test.engine.EngineUnderTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a plan tells people to do, word for word: they follow it in the worst hour of their cluster. */
@Tag(EngineUnderTest.OPENSEARCH_ALONE)
class RestoreInstructionsTest extends AbstractEngineTest {
    @Test
    void processesUpTo87() {
        assertThat(plan(CamundaLine.UP_TO_8_7, RestoreSettings.builder().brokers(2))
                        .processInstructions())
                .isEqualTo("""
                        1. Stop Optimize, Operate, Tasklist, Zeebe. The search engine goes on running.
                        2. Execute this plan: it deletes and restores the indices.
                        3. Delete the data directory of every Zeebe broker (in Camunda's images /usr/local/zeebe/data), and nothing beside it.
                        4. In the installation of every broker, with its configuration (with 3 partitions, as in the backup):
                            ZEEBE_BROKER_CLUSTER_NODEID=0 bin/restore --backupId=1767225600
                            ZEEBE_BROKER_CLUSTER_NODEID=1 bin/restore --backupId=1767225600
                        5. Each must end with exit code 0 and the line "Successfully restored broker from backup 1767225600".
                        6. Start Zeebe first, and once it answers Optimize, Operate, Tasklist, in version 8.6.0 of everything.""");
    }

    @Test
    void processesFrom88() {
        assertThat(plan(CamundaLine.V8_8, RestoreSettings.builder().brokers(2)).processInstructions())
                .isEqualTo("""
                        1. Stop Optimize, web applications, Zeebe. The search engine goes on running.
                        2. Execute this plan: it deletes and restores the indices.
                        3. Delete the data directory of every Zeebe broker (in Camunda's images /usr/local/camunda/data), and nothing beside it.
                        4. In the installation of every broker, with its configuration (with 3 partitions, as in the backup):
                            ZEEBE_BROKER_CLUSTER_NODEID=0 bin/restore --backupId=1767225600
                            ZEEBE_BROKER_CLUSTER_NODEID=1 bin/restore --backupId=1767225600
                        5. Each must end with exit code 0 and the line "Successfully restored broker from backup 1767225600".
                        6. Start Zeebe, web applications first, and once they answer Optimize, in version 8.8.0 of everything.""");
    }

    @Test
    void kubernetesUpTo87() {
        assertThat(plan(CamundaLine.UP_TO_8_7, RestoreSettings.builder()).kubernetesInstructions())
                .isEqualTo("""
                        1. Scale the workloads of Optimize, Operate, Tasklist, Zeebe to 0, and wait until their pods are gone. The search engine goes on running:
                            kubectl scale deployment,statefulset --replicas=0 --selector=<the components> --namespace <namespace>
                        2. Execute this plan: it deletes and restores the indices.
                        3. Delete the persistent volume claims of the Zeebe brokers (in Camunda's images /usr/local/zeebe/data), and no others:
                            kubectl delete persistentvolumeclaim --selector=<the brokers> --namespace <namespace>
                        4. With Helm, set this for the brokers (with 3 partitions, as in the backup), and upgrade with all other components at 0, but with Identity and what it needs, which stay on:
                            env:
                              - name: SPRING_PROFILES_ACTIVE
                                value: "restore"
                              - name: ZEEBE_RESTORE
                                value: "true"
                              - name: ZEEBE_RESTORE_FROM_BACKUP_ID
                                value: "1767225600"
                            Helm charts before 12.1.0, and those for 8.4 to 8.6 of that time, overlook this (camunda-platform-helm#3445). With them, set the command as well (for one region):
                            command: ["sh", "-c", "export ZEEBE_BROKER_CLUSTER_NODEID=${HOSTNAME##*-}; exec /usr/local/zeebe/bin/restore --backupId=1767225600"]
                        5. Follow the log of every broker from its beginning, and keep it:
                            kubectl logs --follow <broker> --namespace <namespace> | tee <broker>.log
                        6. Wait until every broker has logged "Successfully restored broker from backup 1767225600". Its container then ends and is started again (CrashLoopBackOff), finds its data and does nothing: kubectl logs --previous shows only the last attempt.
                        7. Take the environment away again, and upgrade to the full number of replicas in version 8.6.0 of everything. Start Zeebe first, and once it answers Optimize, Operate, Tasklist.""");
    }

    @Test
    void kubernetesFrom88() {
        assertThat(plan(CamundaLine.V8_8, RestoreSettings.builder()).kubernetesInstructions())
                .isEqualTo("""
                        1. Scale the workloads of Optimize, web applications, Zeebe to 0, and wait until their pods are gone. The search engine goes on running:
                            kubectl scale deployment,statefulset --replicas=0 --selector=<the components> --namespace <namespace>
                        2. Execute this plan: it deletes and restores the indices.
                        3. Delete the persistent volume claims of the Zeebe brokers (in Camunda's images /usr/local/camunda/data), and no others:
                            kubectl delete persistentvolumeclaim --selector=<the brokers> --namespace <namespace>
                        4. With Helm, set this for the brokers (with 3 partitions, as in the backup), and upgrade with all other components at 0, but with Identity and what it needs, which stay on:
                            env:
                              - name: SPRING_PROFILES_ACTIVE
                                value: "restore"
                              - name: ZEEBE_RESTORE
                                value: "true"
                              - name: ZEEBE_RESTORE_FROM_BACKUP_ID
                                value: "1767225600"
                        5. Follow the log of every broker from its beginning, and keep it:
                            kubectl logs --follow <broker> --namespace <namespace> | tee <broker>.log
                        6. Wait until every broker has logged "Successfully restored broker from backup 1767225600". Its container then ends and is started again (CrashLoopBackOff), finds its data and does nothing: kubectl logs --previous shows only the last attempt.
                        7. Take the environment away again, and upgrade to the full number of replicas in version 8.8.0 of everything. Start Zeebe, web applications first, and once they answer Optimize.""");
    }

    @Test
    void nobodyHasToStopAnythingForScratchNames() {
        RestorePlan plan = plan(CamundaLine.V8_8, RestoreSettings.builder().scratchPrefix("scratch-"));

        assertThat(plan.processInstructions())
                .isEqualTo("Execute this plan: it deletes and restores the indices. Nothing has to be stopped."
                        + " Delete the indices whose names begin with scratch- when you no longer need them.");
        assertThat(plan.kubernetesInstructions()).isEqualTo(plan.processInstructions());
    }

    /** The backup of virtual time's first second. */
    private RestorePlan plan(CamundaLine line, RestoreSettings.Builder settings) {
        try (RestoreScene scene = new RestoreScene(line, engine(), stores())) {
            return scene.plan(settings);
        }
    }
}
