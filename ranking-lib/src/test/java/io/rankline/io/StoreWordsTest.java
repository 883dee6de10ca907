package io.rankline.io;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StoreWordsTest {

  /** As gcs-connector 2.2.28 says it. */
  @Test
  void ofGooglesAnswerStatusAndSentenceRemain() {
    String message =
        """
        Upload failed for 'gs://shop/x'. details=com.google.cloud.hadoop.repackaged.gcs.com.google\
        .api.client.googleapis.json.GoogleJsonResponseException: 403 Forbidden
        POST https://storage.googleapis.com/upload/storage/v1/b/shop/o?name=x
        {
          "code" : 403,
          "errors" : [ {
            "domain" : "global",
            "message" : "job@shop.example does not have storage.objects.create access.",
            "reason" : "forbidden"
          } ],
          "message" : "job@shop.example does not have storage.objects.create access."
        }\
        """;

    assertThat(StoreWords.of(message))
        .isEqualTo(
            "Upload failed for 'gs://shop/x'. 403 Forbidden: job@shop.example does not have"
                + " storage.objects.create access");
  }

  /** As hadoop-aws 3.3.4 says it. */
  @Test
  void ofAmazonsAnswerSentenceAndStatusRemain() {
    String exception = "com.amazonaws.services.s3.model.AmazonS3Exception: ";

    assertThat(
            StoreWords.of(
                "x: Writing Object on x: %sAccess Denied (Service: Amazon S3; Status Code: 403; Error Code: AccessDenied; Request ID: 4442587FB7; S3 Extended Request ID: aGk=; Proxy: null), S3 Extended Request ID: aGk=:AccessDenied"
                    .formatted(exception)))
        .isEqualTo("x: Writing Object on x: Access Denied (403 AccessDenied)");
    assertThat(
            StoreWords.of(
                "s3a://shop/x: getFileStatus on s3a://shop/x: %sForbidden (Service: Amazon S3; Status Code: 403; Error Code: 403 Forbidden; Request ID: null; S3 Extended Request ID: null; Proxy: null), S3 Extended Request ID: null:403 Forbidden"
                    .formatted(exception)))
        .isEqualTo("s3a://shop/x: getFileStatus on s3a://shop/x: Forbidden (403 Forbidden)");
    assertThat(
            StoreWords.of(
                "`s3a://shop/x': getFileStatus on s3a://shop/x: %1$sThe specified bucket does not exist (Service: Amazon S3; Status Code: 404; Error Code: NoSuchBucket; Request ID: 4; S3 Extended Request ID: h; Proxy: null), S3 Extended Request ID: h:NoSuchBucket: The specified bucket does not exist (Service: Amazon S3; Status Code: 404; Error Code: NoSuchBucket; Request ID: 4; S3 Extended Request ID: h; Proxy: null)"
                    .formatted(exception)))
        .isEqualTo(
            "`s3a://shop/x': getFileStatus on s3a://shop/x: The specified bucket does not exist"
                + " (404 NoSuchBucket)");
  }

  @Test
  void otherWordsAreLeftAsTheyAre() {
    assertThat(StoreWords.of("part-0: record 3\n403 Forbidden"))
        .isEqualTo("part-0: record 3\n403 Forbidden");
  }
}
