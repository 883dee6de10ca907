package io.rankline.trees;

import io.rankline.pipeline.boosting.GrowerMeeting;
import io.rankline.text.Hocon;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import ml.dmlc.xgboost4j.java.XGBoostJNI;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * XGBoost's tracker, which gives each process its rank and neighbours. Ranks follow the numbers
 * that processes come with: the tracker class of XGBoost's Java interface orders them by address,
 * so that sums, and trees with them, would depend on which machine got which lists.
 */
final class XgboostTracker implements GrowerMeeting {

  private static final Logger LOG = LoggerFactory.getLogger(XgboostTracker.class);

  /** Order of ranks, of XGBoost's {@code Tracker::SortBy}. */
  private static final int BY_TASK = 1;

  private final long handle;
  private final String address;
  private final long patienceSeconds;
  private boolean over;

  XgboostTracker(String host, int port, int processes, Duration silence) {
    this.patienceSeconds = silence.toSeconds();
    // Its resolver takes the first answer, of any kind; Java's is the one that Spark goes by.
    String ip = ip(host);
    long[] made = new long[1];
    Native.check(XGBoostJNI.TrackerCreate(ip, processes, port, BY_TASK, patienceSeconds, made));
    this.handle = made[0];
    Native.check(XGBoostJNI.TrackerRun(handle));
    String[] told = new String[1];
    Native.check(XGBoostJNI.TrackerWorkerArgs(handle, 0, told));
    Map<String, Object> arguments =
        Hocon.parseJson(Objects.requireNonNull(told[0]), "XGBoost's tracker").unwrapped();
    this.address = ip + ":" + arguments.get("dmlc_tracker_port");
  }

  @Override
  public String address() {
    return address;
  }

  @Override
  public void awaitEnd() {
    // A second at a time, since its waiting hears no interrupt.
    for (long k = 0; k < patienceSeconds && !Thread.currentThread().isInterrupted(); k++) {
      if (XGBoostJNI.TrackerWaitFor(handle, 1) == 0) {
        return;
      }
    }
  }

  @Override
  public void close() {
    if (!over) {
      over = true;
      if (XGBoostJNI.TrackerFree(handle) != 0) {
        LOG.debug("the tracker ended early: {}", XGBoostJNI.XGBGetLastError());
      }
    }
  }

  private static String ip(String host) {
    try {
      return InetAddress.getByName(host).getHostAddress();
    } catch (UnknownHostException e) {
      throw new IllegalStateException(
          "'%s' cannot be resolved, and must be an address of this machine".formatted(host), e);
    }
  }
}
