/** Reads Zeebe's backups from Amazon S3 and what speaks its protocol. */
// The names of the SDK's modules are in its jars, and do not change.
@SuppressWarnings("requires-transitive-automatic")
module io.github.camundabackup.s3 {
    requires static org.jspecify;
    requires transitive io.github.camundabackup.core;
    requires transitive software.amazon.awssdk.auth;
    requires software.amazon.awssdk.awscore;
    requires software.amazon.awssdk.core;
    requires software.amazon.awssdk.http;
    requires software.amazon.awssdk.http.urlconnection;
    requires software.amazon.awssdk.regions;
    requires software.amazon.awssdk.retries;
    requires software.amazon.awssdk.services.s3;

    exports io.github.camundabackup.s3;
}
