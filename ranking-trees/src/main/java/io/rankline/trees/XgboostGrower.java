package io.rankline.trees;

import io.rankline.model.scorer.LambdaMartScorer;
import io.rankline.pipeline.boosting.BoostingRows;
import io.rankline.pipeline.boosting.GrowerMeeting;
import io.rankline.pipeline.boosting.GrowerMember;
import io.rankline.pipeline.boosting.GrowerSeat;
import io.rankline.pipeline.boosting.TreeGrower;
import io.rankline.pipeline.boosting.TreeGrowth;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Properties;
import ml.dmlc.xgboost4j.java.XGBoost;

/** Grows trees with XGBoost, on the processors of this process or together with others. */
public final class XgboostGrower implements TreeGrower {

  /** For {@link java.util.ServiceLoader}. */
  public XgboostGrower() {}

  @Override
  public String library() {
    return "XGBoost %s on %s %s"
        .formatted(version(), System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  @Override
  public TreeGrowth begin(BoostingRows rows, LambdaMartScorer options, int threads) {
    return new XgboostGrowth(rows, options, threads);
  }

  @Override
  public GrowerMeeting meeting(String host, int port, int processes, Duration silence) {
    return new XgboostTracker(host, port, processes, silence);
  }

  @Override
  public GrowerMember join(GrowerSeat seat) {
    return XgboostMember.join(seat);
  }

  private static String version() {
    Properties properties = new Properties();
    try (InputStream in = XGBoost.class.getResourceAsStream("/xgboost4j-version.properties")) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return properties.getProperty("version", "unknown");
  }
}
