package io.rankline.server.rest;

import io.rankline.server.batch.QueueFullException;
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

  /** Answers a POST. */
  public RestAnswer answer(RestPath path, byte[] body) {
    try {
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

  private RestCall read(String verb, byte[] body) throws RequestFault {
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
