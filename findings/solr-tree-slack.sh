#!/usr/bin/env bash
# Solr's tree models (org.apache.solr:solr-ltr 8.11.4, MultipleAdditiveTreesModel) add 1e-6 to every threshold: a feature
# of small numbers, as PageRank is, has no influence on the score.
#
# A node goes left where the feature is at most the threshold. The class adds 0.000001 to each threshold when it reads
# the model, whatever the feature's scale. PageRank of a million pages is 1e-6 on average: a tree that splits it at 2e-7
# sends 1e-7, 3e-7 and 1.1e-6 left alike, and all documents get the score of that leaf. Nothing is refused or logged,
# and explain shows the sum without a word on its second part. The same tree on the same feature times a million tells
# them apart.
#
# Seen (JDK 17): threshold 2e-7, leaves 1 and 5: 1.0 for 1e-7, 1.0 for 3e-7, 1.0 for 1.1e-6, 5.0 for 1.3e-6. Threshold
# 0.2, the feature in millionths: 1.0, 5.0, 5.0, 5.0.
# Fails if 3e-7 goes right of 2e-7, or 0.3 left of 0.2.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>org.apache.solr</groupId>
      <artifactId>solr-ltr</artifactId>
      <version>8.11.4</version>
    </dependency>
    <dependency>
      <groupId>org.apache.solr</groupId>
      <artifactId>solr-core</artifactId>
      <version>8.11.4</version>
    </dependency>
  </dependencies>
</project>
POM
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.11.0:build-classpath -Dmdep.outputFile=classpath

cat > Slack.java <<'JAVA'
import java.util.List;
import java.util.Map;
import org.apache.solr.core.SolrResourceLoader;
import org.apache.solr.ltr.feature.Feature;
import org.apache.solr.ltr.feature.FieldValueFeature;
import org.apache.solr.ltr.model.LTRScoringModel;
import org.apache.solr.ltr.model.MultipleAdditiveTreesModel;
import org.apache.solr.ltr.norm.IdentityNormalizer;

public class Slack {
  public static void main(String[] args) throws Exception {
    float[] ofSmall = scores("2e-7", 1e-7f, 3e-7f, 1.1e-6f, 1.3e-6f);
    float[] ofLarge = scores("0.2", 0.1f, 0.3f, 1.1f, 1.3f);
    if (ofSmall[1] != 1 || ofLarge[1] != 5) {
      throw new AssertionError("another behaviour");
    }
    System.exit(0);
  }

  private static float[] scores(String threshold, float... values) throws Exception {
    Feature feature = new FieldValueFeature("pagerank", Map.of("field", "pagerank"));
    Map<String, Object> root =
        Map.of(
            "feature", "pagerank",
            "threshold", threshold,
            "left", Map.of("value", "1.0"),
            "right", Map.of("value", "5.0"));
    try (SolrResourceLoader loader = new SolrResourceLoader(java.nio.file.Path.of("."))) {
      LTRScoringModel model =
          LTRScoringModel.getInstance(
              loader,
              MultipleAdditiveTreesModel.class.getName(),
              "trees",
              List.of(feature),
              List.of(IdentityNormalizer.INSTANCE),
              "store",
              List.of(feature),
              Map.of("trees", List.of(Map.of("weight", "1.0", "root", root))));
      float[] scores = new float[values.length];
      for (int i = 0; i < values.length; i++) {
        scores[i] = model.score(new float[] {values[i]});
        System.out.println("threshold " + threshold + ", value " + values[i] + ": " + scores[i]);
      }
      return scores;
    }
  }
}
JAVA
java -Dlog4j2.level=OFF -cp "$(cat classpath)" Slack.java
