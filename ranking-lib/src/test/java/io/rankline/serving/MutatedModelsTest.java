package io.rankline.serving;

import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.io.record.ElwcEncoder;
import io.rankline.testing.Fuzzing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exports and requests with bytes changed are read or refused, never with another exception. */
class MutatedModelsTest {

  @TempDir Path disk;

  @Test
  void aMutatedExportIsReadOrRefused() throws IOException {
    Folder folder = Storage.ofClassPath().folder(disk.toString());
    SavedRankingModel.save(folder, ServedModels.export(ServedModels.univariate()));
    List<Path> files;
    try (Stream<Path> all = Files.walk(disk)) {
      files =
          all.filter(file -> Files.isRegularFile(file))
              .filter(file -> !file.getFileName().toString().startsWith("."))
              .sorted()
              .toList();
    }
    Map<Path, byte[]> sound = new HashMap<>();
    for (Path file : files) {
      sound.put(file, Files.readAllBytes(file));
    }
    Fuzzing.of("exports", 0.001, 256 << 20, 0, SavedModelException.class)
        .run(
            seed -> {
              int[] turn = {0};
              Path[] changed = new Path[1];
              return new Fuzzing.Subject(
                  () -> {
                    changed[0] = files.get((int) ((seed + turn[0]++) % files.size()));
                    return bytes(sound, changed[0]);
                  },
                  mutant -> {
                    Files.write(changed[0], mutant);
                    try {
                      SavedRankingModel.load(folder);
                    } finally {
                      Files.write(changed[0], bytes(sound, changed[0]));
                    }
                  });
            });
  }

  private static byte[] bytes(Map<Path, byte[]> files, Path file) {
    byte[] bytes = files.get(file);
    if (bytes == null) {
      throw new IllegalStateException("no file " + file);
    }
    return bytes;
  }

  @Test
  void aMutatedRequestIsAnsweredOrRefused() {
    SavedRankingModel model = SavedRankingModel.of(ServedModels.export(ServedModels.univariate()));
    ElwcEncoder encoder = new ElwcEncoder(ServedModels.RECORDS);
    Fuzzing.of("requests, bytes", 0.02, 4 << 20, 4000, IllegalArgumentException.class)
        .run(
            seed -> {
              Random random = new Random(seed);
              return new Fuzzing.Subject(
                  () -> encoder.encode(ServedModels.list(random.nextLong(), 1 + random.nextInt(4))),
                  mutant -> {
                    model.predict(mutant);
                  });
            });
    Fuzzing.of("requests, one item", 0.01, 4 << 20, 4000, IllegalArgumentException.class)
        .run(
            seed -> {
              Random random = new Random(seed);
              return new Fuzzing.Subject(
                  () -> example(encoder.encode(ServedModels.list(random.nextLong(), 1))),
                  mutant -> {
                    model.regress(mutant);
                  });
            });
  }

  /** The Example of the first item of an ELWC record, which is the record's first field. */
  private static byte[] example(byte[] elwc) {
    int at = 1;
    int length = 0;
    for (int shift = 0; ; shift += 7) {
      byte next = elwc[at++];
      length |= (next & 0x7f) << shift;
      if (next >= 0) {
        return Arrays.copyOfRange(elwc, at, at + length);
      }
    }
  }

  @Test
  void aRequestOfAnyMapsIsAnsweredOrRefused() {
    SavedRankingModel model = SavedRankingModel.of(ServedModels.export(ServedModels.univariate()));
    Fuzzing.of("requests, maps", 0.01, 4 << 20, 4000, IllegalArgumentException.class)
        .run(
            seed -> {
              Random random = new Random(seed);
              return new Fuzzing.Subject(
                  () -> {
                    byte[] script = new byte[12];
                    random.nextBytes(script);
                    return script;
                  },
                  mutant -> {
                    Random choices = new Random(Arrays.hashCode(mutant));
                    List<Map<String, Object>> items = new ArrayList<>();
                    for (int i = choices.nextInt(4); i > 0; i--) {
                      items.add(map(choices, "price", "clicks", "vector", "title"));
                    }
                    model.predict(map(choices, "hour", "query"), items);
                  });
            });
  }

  private static Map<String, Object> map(Random choices, String... names) {
    Map<String, Object> map = new HashMap<>();
    for (String name : names) {
      Object value = value(choices, name);
      if (value != null || choices.nextInt(100) == 0) {
        map.put(choices.nextInt(200) == 0 ? "unknown" : name, value);
      }
    }
    return map;
  }

  /** Mostly what the feature takes, now and then anything. */
  private static @Nullable Object value(Random choices, String name) {
    if (choices.nextInt(12) > 0) {
      return switch (name) {
        case "price", "hour" -> (float) choices.nextGaussian();
        case "clicks" -> choices.nextLong();
        case "vector" -> choices.nextBoolean() ? new float[40] : null;
        default -> List.of("red", "blue");
      };
    }
    return switch (choices.nextInt(16)) {
      case 0 -> Double.NaN;
      case 1 -> Float.POSITIVE_INFINITY;
      case 2 -> 1e300;
      case 3 -> Long.MIN_VALUE;
      case 4 -> "";
      case 5 -> "7";
      case 6 -> new byte[] {(byte) 0xff};
      case 7 -> List.of();
      case 8 -> Arrays.asList(1, null);
      case 9 -> new int[3];
      case 10 -> new double[] {Double.NaN};
      case 11 -> Map.of("a", 1);
      case 12 -> true;
      case 13 -> new Object();
      case 14 -> List.of(List.of(1));
      default -> null;
    };
  }
}
