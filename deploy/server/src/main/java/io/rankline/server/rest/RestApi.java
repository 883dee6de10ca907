package io.rankline.server.rest;

import io.rankline.server.batch.QueueFullException;
import io.rankline.server.json.ByteArrays;
import io.rankline.server.json.Json.JsonObject;
import io.rankline.server.model.ModelLease;
import io.rankline.server.model.ServedModels;
import io.rankline.server.signature.SignatureCall;
import io.rankline.server.status.RequestFault;

/**
 * Answers requests of TensorFlow Serving's REST API, and {@code :rank} and {@code :explain}, which
 * take plain JSON. Safe for use by several threads.
 */
public final class RestApi {

  /** Bodies and their records of a few requests at once. */
  private static final int KEPT_ARRAYS = 8;

  private final ByteArrays arrays = new ByteArrays(KEPT_ARRAYS);
  private final ServedModels models;
  private final RestLimits limits;
  private final PredictCall predict;
  private final RegressCall regress;
  private final RankCall rank;

  /** An API to those models. */
  public RestApi(ServedModels models, RestLimits limits) {
    this.models = models;
    this.limits = limits;
    SignatureCall signatures = new SignatureCall(limits.mostItems());
    this.predict = new PredictCall(signatures);
    this.regress = new RegressCall(signatures);
    this.rank = new RankCall(signatures);
  }

  /** Answers a GET. */
  public RestAnswer describe(RestPath path) {
    try {
      if (!path.verb().equals("metadata")) {
        return RestAnswer.ok(MetadataText.status(models.statuses(path.choice())), 0);
      }
      try (ModelLease lease = models.lease(path.choice())) {
        return RestAnswer.ok(MetadataText.metadata(path.choice().name(), lease), 0);
      }
    } catch (RequestFault e) {
      return RestAnswer.of(e);
    }
  }

  /** The body of a POST, of which nothing has come, and at most so many bytes will come. */
  public RequestBody body(long most) {
    return new RequestBody(arrays, most);
  }

  /** Answers a POST. */
  public RestAnswer answer(RestPath path, byte[] body) {
    return answer(path, new RequestBody(arrays, body));
  }

  /** Answers a POST, whose body is not looked at afterwards. */
  public RestAnswer answer(RestPath path, RequestBody body) {
    try {
      if (takesRecords(path)) {
        body.lookAhead();
      }
      RestCall call = read(path.verb(), body);
      try (ModelLease lease = models.lease(path.choice())) {
        return call.on(lease);
      }
    } catch (RequestFault e) {
      return RestAnswer.of(e);
    } catch (QueueFullException e) {
      return RestAnswer.of(e.fault());
    }
  }

  /** Whether bodies hold records in base64, which are worth a look ahead. */
  public static boolean takesRecords(RestPath path) {
    return path.verb().equals("predict");
  }

  private RestCall read(String verb, RequestBody body) throws RequestFault {
    JsonObject request = RequestText.parse(body, limits.mostValues());
    return switch (verb) {
      case "predict" -> predict.read(request);
      case "regress" -> regress.regress(request);
      case "classify" -> regress.classify(request);
      case "explain" -> rank.explain(request);
      default -> rank.rank(request);
    };
  }
}
