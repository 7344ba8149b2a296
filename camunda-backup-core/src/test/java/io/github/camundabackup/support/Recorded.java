package io.github.camundabackup.support;

/**
 * Answers of real servers, verbatim: Camunda 8.6.0 with OpenSearch 2.19.6 or Elasticsearch 8.16.1, recorded on
 * 2026-11-20 by asking each component with curl. Status and route are with the tests.
 */
public final class Recorded {
    private Recorded() {}

    /** Operate, OpenSearch: GET of an id that it does not have, 404. */
    public static final String OPERATE_UNKNOWN_ID = """
            {"status":404,"message":"No backup with id [999] found.","instance":"9a8693a9-4e21-467f-9951-aeb6f52ee43c","type":"Requested resource not found"}""";

    /** Operate, Elasticsearch: GET of an id that it does not have, 400. */
    public static final String OPERATE_UNKNOWN_ID_ELASTICSEARCH = """
            {"status":400,"message":"Index 0 out of bounds for length 0","instance":"067207f7-43bf-40b7-8dd4-a643a6eb8580","type":"Invalid request"}""";

    /** Operate, Elasticsearch: GET right after the backup was accepted, 400. */
    public static final String OPERATE_NOT_YET = """
            {"status":400,"message":null,"instance":"0a422f36-dbc2-4743-8429-b1bf15941a99","type":"Invalid request"}""";

    /** Operate, OpenSearch: GET while the backup runs, 400. */
    public static final String OPERATE_CANNOT_SAY = """
            {"status":400,"message":"Exception occurred when searching for backup with ID [110].","instance":"6dd7da72-a5ae-4fad-a511-918ca21e3800","type":"Invalid request"}""";

    /** Operate, OpenSearch: GET of the list while a backup runs, 400. */
    public static final String OPERATE_CANNOT_LIST = """
            {"status":400,"message":"Exception occurred when searching for backups: No enum constant io.camunda.operate.store.opensearch.response.SnapshotState.IN_PROGRESS","instance":"d197bd8f-4447-499e-a127-35042272789e","type":"Invalid request"}""";

    /** Operate, OpenSearch: POST, 200. */
    public static final String OPERATE_TAKEN = """
            {"scheduledSnapshots":["camunda_operate_100_8.6.0_part_1_of_6","camunda_operate_100_8.6.0_part_2_of_6","camunda_operate_100_8.6.0_part_3_of_6","camunda_operate_100_8.6.0_part_4_of_6","camunda_operate_100_8.6.0_part_5_of_6","camunda_operate_100_8.6.0_part_6_of_6"]}""";

    /** Operate, OpenSearch: POST of an id that it has, 400. */
    public static final String OPERATE_DUPLICATE = """
            {"status":400,"message":"A backup with ID [100] already exists. Found snapshots: [82rlz0lqSNaFJFayXHjhFQ, 2w1f32SXRBCnhcz9zYWp7Q, D209gsbcTYKLOjOXjr6zcA, 5MGB2QeCSaahUySsXhFCcQ, LG8SFVp2Spiq4avaA8687w, 4rpTa8neSxWHSJ2ztwCBZA]","instance":"c46055f2-d3a7-42b6-9fe1-a3d432c59dfd","type":"Invalid request"}""";

    /** Operate, both: POST while another backup runs, 400. */
    public static final String OPERATE_BUSY = """
            {"status":400,"message":"Another backup is running at the moment","instance":"ae27ab3a-d54a-4c53-86fb-12425804871e","type":"Invalid request"}""";

    /** Operate, both: any call without a repository in its configuration, 400. */
    public static final String OPERATE_NO_REPOSITORY = """
            {"status":400,"message":"No backup repository configured.","instance":"cd75518e-483f-4884-a389-33f7069ba835","type":"Invalid request"}""";

    /** Operate, OpenSearch: GET of a complete backup, 200. */
    public static final String OPERATE_COMPLETED = """
            {"backupId":100,"state":"COMPLETED","failureReason":null,"details":[{"snapshotName":"camunda_operate_100_8.6.0_part_1_of_6","state":"SUCCESS","startTime":"2026-11-20T18:08:45.455+0000","failures":null},{"snapshotName":"camunda_operate_100_8.6.0_part_2_of_6","state":"SUCCESS","startTime":"2026-11-20T18:08:45.860+0000","failures":null},{"snapshotName":"camunda_operate_100_8.6.0_part_3_of_6","state":"SUCCESS","startTime":"2026-11-20T18:08:46.262+0000","failures":null},{"snapshotName":"camunda_operate_100_8.6.0_part_4_of_6","state":"SUCCESS","startTime":"2026-11-20T18:08:46.262+0000","failures":null},{"snapshotName":"camunda_operate_100_8.6.0_part_5_of_6","state":"SUCCESS","startTime":"2026-11-20T18:08:46.663+0000","failures":null},{"snapshotName":"camunda_operate_100_8.6.0_part_6_of_6","state":"SUCCESS","startTime":"2026-11-20T18:08:46.663+0000","failures":null}]}""";

    /** Operate, Elasticsearch: GET of a backup that runs, 200. */
    public static final String OPERATE_IN_PROGRESS = """
            {"backupId":110,"state":"IN_PROGRESS","failureReason":null,"details":[{"snapshotName":"camunda_operate_110_8.6.0_part_1_of_6","state":"SUCCESS","startTime":"2026-11-20T18:17:51.209+0000","failures":[]},{"snapshotName":"camunda_operate_110_8.6.0_part_2_of_6","state":"IN_PROGRESS","startTime":"2026-11-20T18:17:51.409+0000","failures":[]}]}""";

    /** Operate, Elasticsearch: GET of a backup of which a part was deleted, 200. */
    public static final String OPERATE_INCOMPLETE = """
            {"backupId":100,"state":"INCOMPLETE","failureReason":null,"details":[{"snapshotName":"camunda_operate_100_8.6.0_part_1_of_6","state":"SUCCESS","startTime":"2026-11-20T18:17:37.740+0000","failures":[]},{"snapshotName":"camunda_operate_100_8.6.0_part_2_of_6","state":"SUCCESS","startTime":"2026-11-20T18:17:38.140+0000","failures":[]},{"snapshotName":"camunda_operate_100_8.6.0_part_3_of_6","state":"SUCCESS","startTime":"2026-11-20T18:17:38.341+0000","failures":[]},{"snapshotName":"camunda_operate_100_8.6.0_part_4_of_6","state":"SUCCESS","startTime":"2026-11-20T18:17:38.541+0000","failures":[]},{"snapshotName":"camunda_operate_100_8.6.0_part_5_of_6","state":"SUCCESS","startTime":"2026-11-20T18:17:38.952+0000","failures":[]}]}""";

    /** Tasklist, Elasticsearch: GET of an id that it does not have, or not yet, 500. */
    public static final String TASKLIST_UNKNOWN_ID = """
            {
              "timestamp" : "2026-11-20T18:16:35.156+00:00",
              "status" : 500,
              "error" : "Internal Server Error",
              "path" : "/actuator/backups/999"
            }""";

    /** Tasklist, both: POST without the repository in the search engine, 500. */
    public static final String TASKLIST_REPOSITORY_MISSING = """
            {
              "status" : 500,
              "message" : "No repository with name [camunda_backup] could be found.",
              "instance" : null
            }""";

    /** Zeebe: GET of an id that it does not have, 404. */
    public static final String ZEEBE_UNKNOWN_ID = """
            {"message":"Backup with id 999 does not exist"}""";

    /** Zeebe: POST, 202. */
    public static final String ZEEBE_TAKEN = """
            {"message":"A backup with id 100 has been scheduled. Use GET actuator/backups/100 to monitor the status."}""";

    /** Zeebe: POST of an id that is lower than its latest, 409; the same after that one was deleted. */
    public static final String ZEEBE_LOWER = """
            {"message":"Requested backup has id 50. The latest backup has id 100. Id of new backups must be higher than the previous one. "}""";

    /** Zeebe: POST of the id of a backup that was deleted, 409. */
    public static final String ZEEBE_DELETED_BEFORE = """
            {"message":"Requested backup has id 120. The latest backup has id 120. Id of new backups must be higher than the previous one. "}""";

    /** Zeebe: any call without an object store in its configuration, 400. */
    public static final String ZEEBE_NO_STORE = """
            {"message":"Cannot process backup requests. No backup store is configured. To use this feature, configure backup in broker configuration."}""";

    /** Zeebe: GET while its object store hangs, 504. */
    public static final String ZEEBE_STORE_HANGS = """
            {"message":"Request from gateway to broker timed out. Request backup-api-1 to 127.0.0.1:26501 timed out in PT14.998S"}""";

    /** Zeebe: GET while its object store is down, 500. */
    public static final String ZEEBE_STORE_DOWN = """
            {"message":"software.amazon.awssdk.core.exception.SdkClientException: Unable to execute HTTP request: Connection refused: /127.0.0.1:9090"}""";

    /** Zeebe: GET of a complete backup, 200. */
    public static final String ZEEBE_COMPLETED = """
            {"backupId":100,"state":"COMPLETED","details":[{"partitionId":1,"state":"COMPLETED","createdAt":"2026-11-20T18:09:25.210825773Z","lastUpdatedAt":"2026-11-20T18:09:25.796388913Z","checkpointPosition":2714,"brokerVersion":"8.6.0"},{"partitionId":2,"state":"COMPLETED","createdAt":"2026-11-20T18:09:25.210991166Z","lastUpdatedAt":"2026-11-20T18:09:25.824637022Z","checkpointPosition":4266,"brokerVersion":"8.6.0"}]}""";

    /** Zeebe: GET of the list, 200. */
    public static final String ZEEBE_LIST = """
            [{"backupId":100,"state":"COMPLETED","details":[{"partitionId":1,"state":"COMPLETED","createdAt":"2026-11-20T18:09:25.210825773Z","brokerVersion":"8.6.0"},{"partitionId":2,"state":"COMPLETED","createdAt":"2026-11-20T18:09:25.210991166Z","brokerVersion":"8.6.0"}]}]""";

    /** Zeebe: POST of {@code /actuator/exporting/pause?soft=true} and {@code /actuator/exporting/resume}, 200. */
    public static final String EXPORTING_DONE = """
            {"body":null,"status":204,"contentType":null}""";

    /** Zeebe: GET of {@code /actuator/partitions} after a soft pause, 200. */
    public static final String PARTITIONS_SOFT_PAUSED = """
            {"1":{"role":"LEADER","processedPosition":2712,"snapshotId":null,"processedPositionInSnapshot":null,"streamProcessorPhase":"PROCESSING","exporterPhase":"SOFT_PAUSED","exportedPosition":2713,"clock":{"instant":"2026-11-20T18:09:24.597Z","modificationType":"None","modification":{}}},"2":{"role":"LEADER","processedPosition":4253,"snapshotId":null,"processedPositionInSnapshot":null,"streamProcessorPhase":"PROCESSING","exporterPhase":"SOFT_PAUSED","exportedPosition":4265,"clock":{"instant":"2026-11-20T18:09:24.597Z","modificationType":"None","modification":{}}}}""";

    /** Zeebe with Operate and Tasklist in one process: GET of {@code /actuator}, 200. */
    public static final String ZEEBE_INDEX = """
            {"_links":{"self":{"href":"http://127.0.0.1:9600/actuator","templated":false},"partitions-operation":{"href":"http://127.0.0.1:9600/actuator/partitions/{operation}","templated":true},"partitions":{"href":"http://127.0.0.1:9600/actuator/partitions","templated":false},"jobstreams-type":{"href":"http://127.0.0.1:9600/actuator/jobstreams/{type}","templated":true},"jobstreams":{"href":"http://127.0.0.1:9600/actuator/jobstreams","templated":false},"clock-operationKey":{"href":"http://127.0.0.1:9600/actuator/clock/{operationKey}","templated":true},"clock":{"href":"http://127.0.0.1:9600/actuator/clock","templated":false},"backups":{"href":"http://127.0.0.1:9600/actuator/backups","templated":false},"backups-id":{"href":"http://127.0.0.1:9600/actuator/backups/{id}","templated":true},"rebalance":{"href":"http://127.0.0.1:9600/actuator/rebalance","templated":false},"banning-processInstanceKey":{"href":"http://127.0.0.1:9600/actuator/banning/{processInstanceKey}","templated":true},"prometheus":{"href":"http://127.0.0.1:9600/actuator/prometheus","templated":false},"health":{"href":"http://127.0.0.1:9600/actuator/health","templated":false},"health-path":{"href":"http://127.0.0.1:9600/actuator/health/{*path}","templated":true},"info":{"href":"http://127.0.0.1:9600/actuator/info","templated":false},"configprops":{"href":"http://127.0.0.1:9600/actuator/configprops","templated":false},"configprops-prefix":{"href":"http://127.0.0.1:9600/actuator/configprops/{prefix}","templated":true},"loggers":{"href":"http://127.0.0.1:9600/actuator/loggers","templated":false},"loggers-name":{"href":"http://127.0.0.1:9600/actuator/loggers/{name}","templated":true},"usage-metrics":{"href":"http://127.0.0.1:9600/actuator/usage-metrics","templated":false},"flowcontrol":{"href":"http://127.0.0.1:9600/actuator/flowControl","templated":false},"cluster":{"href":"http://127.0.0.1:9600/actuator/cluster","templated":false},"exporters":{"href":"http://127.0.0.1:9600/actuator/exporters","templated":false},"exporting":{"href":"http://127.0.0.1:9600/actuator/exporting","templated":false}}}""";
}
