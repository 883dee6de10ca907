import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.tensorflow.EagerSession;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.NdArrays;
import org.tensorflow.op.Ops;
import org.tensorflow.op.train.MergeV2Checkpoints;
import org.tensorflow.types.TFloat32;
import org.tensorflow.types.TString;

/**
 * Saves the network of checkpoints/model.ckpt-7 again, as checkpoints/parts-1: in two files of
 * numbers, with kernels in parts, as workers of a cluster do that have a share of each variable.
 * With TensorFlow for Java 1.1.0: java -cp ... MakeParts.java FOLDER
 */
public class MakeParts {

  /** Name, and which part: its size, then for each dimension where it begins and how long it is. */
  private static final List<List<String[]>> WORKERS =
      List.of(
          List.of(
              new String[] {"dense/kernel", "4 3 0,3:-"},
              new String[] {"dense/bias", ""},
              new String[] {"dense_1/kernel", "3 1 0,1:-"},
              new String[] {"dense_1/kernel", "3 1 2,1:-"}),
          List.of(
              new String[] {"dense/kernel", "4 3 3,1:0,2"},
              new String[] {"dense/kernel", "4 3 3,1:2,1"},
              new String[] {"dense_1/kernel", "3 1 1,1:0,1"},
              new String[] {"dense_1/bias", ""}));

  public static void main(String[] args) {
    Path folder = Path.of(args[0]);
    String source = folder.resolve("model.ckpt-7").toString();
    try (EagerSession session = EagerSession.create()) {
      Ops tf = Ops.create(session);
      String[] parts = new String[WORKERS.size()];
      for (int w = 0; w < parts.length; w++) {
        parts[w] = folder.resolve("worker-" + w).toString();
        Operand<TString> names = tf.constant(NdArrays.vectorOfObjects(column(WORKERS.get(w), 0)));
        Operand<TString> slices = tf.constant(NdArrays.vectorOfObjects(column(WORKERS.get(w), 1)));
        List<Operand<?>> tensors = new ArrayList<>();
        tf.train
            .restore(
                tf.constant(source),
                names,
                slices,
                Collections.nCopies(WORKERS.get(w).size(), TFloat32.class))
            .tensors()
            .forEach(tensor -> tensors.add((Operand<?>) tensor));
        tf.train.save(tf.constant(parts[w]), names, slices, tensors);
      }
      tf.train.mergeV2Checkpoints(
          tf.constant(NdArrays.vectorOfObjects(parts)),
          tf.constant(folder.resolve("parts-1").toString()),
          MergeV2Checkpoints.deleteOldDirs(false));
    }
  }

  private static String[] column(List<String[]> rows, int column) {
    return rows.stream().map(row -> row[column]).toArray(String[]::new);
  }
}
