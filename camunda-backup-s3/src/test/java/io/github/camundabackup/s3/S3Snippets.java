package io.github.camundabackup.s3;

import io.github.camundabackup.bucket.ObjectStore;
import java.net.URI;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** For docs/guide/buckets.md. Here, so that not everybody who builds the documentation needs the SDK. */
final class S3Snippets {
    private S3Snippets() {}

    static ObjectStore amazon() {
        // snippet
        ObjectStore zeebe = S3ObjectStore.builder("zeebe-backups")
                .basePath("production")
                .region("eu-central-1")
                .build();
        // end
        return zeebe;
    }

    static ObjectStore other(String accessKey, String secretKey) {
        // snippet
        ObjectStore zeebe = S3ObjectStore.builder("zeebe-backups")
                .endpoint(URI.create("https://objects.example.com"))
                .pathStyle()
                .credentials(StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKey, secretKey)))
                .build();
        // end
        return zeebe;
    }
}
