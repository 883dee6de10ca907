package io.rankline.engine.tensorflow;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/** A SavedModel that TensorFlow has loaded. */
final class LoadedModel implements AutoCloseable {

  private final SavedModelBundle bundle;

  private LoadedModel(SavedModelBundle bundle) {
    this.bundle = bundle;
  }

  /**
   * An output.
   *
   * @param values the last dimension first
   */
  record Output(long[] shape, float[] values) {}

  static LoadedModel load(Path folder) {
    return new LoadedModel(SavedModelBundle.load(folder.toString(), "serve"));
  }

  /** The outputs of a signature for serialized records. */
  SortedMap<String, Output> call(String signature, List<byte[]> records) {
    SortedMap<String, Output> outputs = new TreeMap<>();
    try (TString input =
            TString.tensorOfBytes(NdArrays.vectorOfObjects(records.toArray(new byte[0][])));
        Result result = bundle.function(signature).call(Map.of("inputs", input))) {
      result.forEach(
          output -> {
            TFloat32 tensor = (TFloat32) output.getValue();
            float[] values = new float[Math.toIntExact(tensor.size())];
            tensor.asRawTensor().data().asFloats().read(values);
            outputs.put(output.getKey(), new Output(tensor.shape().asArray(), values));
          });
    }
    return outputs;
  }

  @Override
  public void close() {
    bundle.close();
  }
}
