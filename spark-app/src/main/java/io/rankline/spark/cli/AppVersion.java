package io.rankline.spark.cli;

import picocli.CommandLine.IVersionProvider;

/** What {@code --version} prints: the version that the build wrote into the jar's manifest. */
final class AppVersion implements IVersionProvider {

  AppVersion() {}

  @Override
  public String[] getVersion() {
    String version = RankingApp.class.getPackage().getImplementationVersion();
    return new String[] {
      "rankline " + (version == null ? "(built from source, no jar)" : version),
      "Java " + Runtime.version() + ", Spark " + org.apache.spark.package$.MODULE$.SPARK_VERSION()
    };
  }
}
