/** Reads Zeebe's backups from Azure Blob Storage. */
module io.github.camundabackup.azure {
    requires static org.jspecify;
    requires transitive io.github.camundabackup.core;
    requires transitive com.azure.core;
    requires com.azure.core.http.jdk.httpclient;
    requires com.azure.storage.blob;
    requires com.azure.storage.common;

    exports io.github.camundabackup.azure;
}
