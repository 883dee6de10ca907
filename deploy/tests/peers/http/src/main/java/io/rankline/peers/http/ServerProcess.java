package io.rankline.peers.http;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.rankline.data.RankingList;
import io.rankline.export.onnx.OnnxFormat;
import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.model.ListScorer;
import io.rankline.server.http.HttpLimits;
import io.rankline.server.http.HttpSettings;
import io.rankline.server.http.ModelServer;
import io.rankline.server.model.ModelLease;
import io.rankline.server.model.ModelSettings;
import io.rankline.server.model.ModelStart;
import io.rankline.server.model.ServedModels;
import io.rankline.server.rest.RestLimits;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A server in a JVM of its own: ONNX Runtime and ND4J do not live in one. Prints its port, and
 * serves until it is ended. Its arguments are {@code rankline} or {@code onnx}, and the folder of
 * {@link ServedModel#write}.
 */
public final class ServerProcess {

  private ServerProcess() {}

  /** Runs it. */
  public static void main(String[] args) throws IOException, InterruptedException, OrtException {
    Path folder = Path.of(args[1]);
    ModelStart start = args[0].equals("onnx") ? new OnnxStart(session(folder)) : ModelStart.PLAIN;
    ServedModels models =
        new ServedModels(
            Storage.ofClassPath(),
            () -> List.of(ModelSettings.latest("web", folder.resolve("models").toString())),
            start);
    models.pollVersions();
    Duration time = Duration.ofSeconds(30);
    int processors = Runtime.getRuntime().availableProcessors();
    ModelServer server =
        new ModelServer(
            models,
            new HttpSettings(
                "127.0.0.1",
                0,
                Optional.empty(),
                List.of(),
                HttpSettings.METRICS_PATH,
                Optional.empty()),
            new HttpLimits(64L << 20, 256L << 20, 100, processors, 100, time, time, time),
            new RestLimits(100_000, 1_000_000));
    server.start();
    System.out.println(server.port());
    server.join();
  }

  private static OrtSession session(Path folder) throws OrtException {
    OrtSession.SessionOptions options = new OrtSession.SessionOptions();
    options.setIntraOpNumThreads(1); // a thread a request, as in Rankline
    options.setInterOpNumThreads(1);
    return OrtEnvironment.getEnvironment()
        .createSession(folder.resolve("onnx").resolve(OnnxFormat.MODEL_FILE).toString(), options);
  }

  /** Lists that ONNX Runtime scores. */
  private record OnnxStart(OrtSession session) implements ModelStart {

    @Override
    public ListScorer scorer(SavedRankingModel model) {
      return lists -> {
        List<SortedMap<String, float[]>> scores = new ArrayList<>();
        for (RankingList list : lists) {
          SortedMap<String, float[]> one = new TreeMap<>();
          one.put(model.tasks().iterator().next(), scores(list));
          scores.add(one);
        }
        return scores;
      };
    }

    @Override
    public void prepare(ModelLease lease, Folder folder) {}

    private float[] scores(RankingList list) {
      OrtEnvironment environment = OrtEnvironment.getEnvironment();
      float[][] mask = new float[1][list.size()];
      Arrays.fill(mask[0], 1);
      long[] shape = {1, list.size(), ServedModel.FEATURES};
      try (OnnxTensor input =
              OnnxTensor.createTensor(environment, FloatBuffer.wrap(list.examples()), shape);
          OnnxTensor items = OnnxTensor.createTensor(environment, mask);
          OrtSession.Result result =
              session.run(Map.of("example_features", input, "mask", items))) {
        FloatBuffer found = ((OnnxTensor) result.get(0)).getFloatBuffer();
        float[] scores = new float[found.remaining()];
        found.get(scores);
        return scores;
      } catch (OrtException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
