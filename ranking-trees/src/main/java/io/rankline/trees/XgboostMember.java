package io.rankline.trees;

import io.rankline.pipeline.boosting.GrowerMember;
import io.rankline.pipeline.boosting.GrowerSeat;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Communicator;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of several processes that grow the same trees. XGBoost knows its connections by the thread
 * that made them.
 */
final class XgboostMember implements GrowerMember {

  private static final Logger LOG = LoggerFactory.getLogger(XgboostMember.class);

  private XgboostMember() {}

  /** Connects, once all are there. */
  static XgboostMember join(GrowerSeat seat) {
    int colon = seat.meeting().lastIndexOf(':');
    Map<String, Object> place = new HashMap<>();
    place.put("dmlc_tracker_uri", seat.meeting().substring(0, colon));
    place.put("dmlc_tracker_port", Integer.parseInt(seat.meeting().substring(colon + 1)));
    // The tracker compares them as text.
    place.put("dmlc_task_id", String.format(Locale.ROOT, "%08d", seat.rank()));
    // Half an hour where it is not given.
    place.put("dmlc_timeout", Math.toIntExact(seat.silence().toSeconds()));
    // Who listens does so before it is known; one who is gone is not there a moment later either.
    place.put("dmlc_retry", 1);
    place.put("dmlc_worker_port", seat.port());
    try {
      Communicator.init(place);
      return new XgboostMember();
    } catch (XGBoostError e) {
      leave();
      throw Native.refused(e);
    }
  }

  @Override
  public void close() {
    leave();
  }

  /** Connections of a thread that has failed are closed with this, whatever it says. */
  private static void leave() {
    try {
      Communicator.shutdown();
    } catch (XGBoostError e) {
      LOG.debug("the others were gone before", e);
    }
  }
}
