package io.rankline.server.warmup;

import com.google.protobuf.InvalidProtocolBufferException;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.Folder;
import io.rankline.io.tfrecord.TfRecordReader;
import io.rankline.server.message.PredictMessages;
import io.rankline.server.message.RegressMessages;
import io.rankline.server.model.ModelLease;
import io.rankline.server.protocol.PredictionLog;
import io.rankline.server.rest.RestWarmUp;
import io.rankline.server.signature.SignatureCall;
import io.rankline.server.status.RequestFault;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

/**
 * The first requests of a version: made-up ones, and those that its folder records as TensorFlow
 * Serving has them, in {@code assets.extra/tf_serving_warmup_requests}.
 */
public final class WarmUp {

  private static final String FOLDER = "assets.extra";
  private static final String FILE = "tf_serving_warmup_requests";

  /** TensorFlow Serving takes no more either. */
  private static final int MOST_RECORDS = 1000;

  private final SignatureCall signatures;
  private final RestWarmUp madeUp = new RestWarmUp();
  private final Duration time;

  /**
   * Requests within limits.
   *
   * @param mostItems that a recorded request may have scored
   * @param time that made-up requests are made for; zero for none
   */
  public WarmUp(long mostItems, Duration time) {
    this.signatures = new SignatureCall(mostItems);
    this.time = time;
  }

  /**
   * Answers them.
   *
   * @param folder that the version lies in
   * @throws IOException for recorded requests that cannot be read or answered; says which
   */
  public void run(ModelLease lease, Folder folder) throws IOException {
    if (!time.isZero()) {
      madeUp.run(lease, time);
    }
    Folder extra = folder.folder(FOLDER);
    String place = extra.path() + "/" + FILE;
    Optional<InputStream> recorded = open(extra);
    if (recorded.isEmpty()) {
      return;
    }
    try (TfRecordReader records =
        new TfRecordReader(recorded.get(), place, CorruptRecordPolicy.FAIL)) {
      for (int i = 0; records.advance(); i++) {
        if (i == MOST_RECORDS) {
          throw new IOException("%s must have %s records or less".formatted(place, MOST_RECORDS));
        }
        replay(lease, records.copy(), "%s: record %s".formatted(place, i));
      }
    }
  }

  private static Optional<InputStream> open(Folder extra) throws IOException {
    try {
      return Optional.of(extra.open(FILE));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }

  private void replay(ModelLease lease, byte[] record, String place) throws IOException {
    try {
      PredictionLog log = PredictionLog.parseFrom(record);
      switch (log.getLogTypeCase()) {
        case PREDICT_LOG ->
            PredictMessages.predict(lease, log.getPredictLog().getRequest(), signatures);
        case REGRESS_LOG ->
            RegressMessages.regress(lease, log.getRegressLog().getRequest(), signatures);
        case LOGTYPE_NOT_SET ->
            throw new IOException(
                "%s is neither a predict_log nor a regress_log, which a ranker answers"
                    .formatted(place));
      }
    } catch (InvalidProtocolBufferException e) {
      throw new IOException("%s is no PredictionLog: %s".formatted(place, e.getMessage()), e);
    } catch (RequestFault e) {
      throw new IOException(
          "%s is refused: %s; write the file again for this model, or delete it"
              .formatted(place, e.text()),
          e);
    }
  }
}
