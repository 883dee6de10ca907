package io.rankline.spark.terminal;

import java.util.List;
import java.util.regex.Pattern;

/**
 * What to do about a storage that is not reached, or refuses, by the words of its connector.
 *
 * @param fault what they say
 * @param way what to do
 */
record WayOut(Pattern fault, String way) {

  /** The first that fits is the one. */
  private static final List<WayOut> KNOWN =
      List.of(
          new WayOut(
              Pattern.compile(
                  "No FileSystem for scheme|Class"
                      + " (?:org\\.apache\\.hadoop\\.fs|com\\.google\\.cloud\\.hadoop)\\.[\\w.]+"
                      + " not found"),
              "put its connector on the class path: RANKLINE_STORES or RANKLINE_CLASSPATH for"
                  + " deploy/local/rankline, --jars for spark-submit (docs/stores.md)"),
          new WayOut(
              Pattern.compile(
                  "(?:NoClassDefFound|NoSuchMethod|NoSuchField|AbstractMethod|IncompatibleClassChange)Error:"
                      + " .*(?:org.apache.hadoop|awssdk|amazonaws|google.cloud.hadoop)"),
              "a connector has to be made for the Hadoop of this Spark, 3.3.4 in Spark 3.5:"
                  + " hadoop-aws 3.3.4, gcs-connector hadoop3-2.2.28 (docs/stores.md)"),
          new WayOut(
              Pattern.compile("No AWS Credentials provided|Unable to load AWS credentials"),
              "give keys by AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or by fs.s3a.access.key"
                  + " and fs.s3a.secret.key (docs/stores.md)"),
          new WayOut(
              Pattern.compile("metadata server"),
              "outside of Google's cloud name a key: fs.gs.auth.service.account.json.keyfile"
                  + " (docs/stores.md)"),
          new WayOut(
              Pattern.compile("(?i)bucket does not exist"),
              "make the bucket, or correct its name and the endpoint (docs/stores.md)"),
          new WayOut(
              Pattern.compile("InvalidAccessKeyId|SignatureDoesNotMatch|\\b401 Unauthorized"),
              "the store does not know these credentials: correct them (docs/stores.md)"),
          new WayOut(
              Pattern.compile("\\(403 \\w+\\)|\\b403 Forbidden"),
              "these credentials lack the right: to read data, to write and delete where something"
                  + " is written (docs/stores.md)"));

  /** What to append to the words of a failure: nothing, where none is known. */
  static String of(String words) {
    for (WayOut known : KNOWN) {
      if (known.fault.matcher(words).find()) {
        return "; " + known.way;
      }
    }
    return "";
  }
}
