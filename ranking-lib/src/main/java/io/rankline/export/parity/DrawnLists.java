package io.rankline.export.parity;

import io.rankline.data.BytesColumn;
import io.rankline.data.ColumnLayout;
import io.rankline.data.DenseColumns;
import io.rankline.data.FloatColumn;
import io.rankline.data.ListLayout;
import io.rankline.data.LongColumn;
import io.rankline.data.RankingList;
import io.rankline.data.ValueColumn;
import io.rankline.export.engine.EngineModel;
import io.rankline.feature.DType;
import io.rankline.feature.FeatureSpec;
import io.rankline.feature.FixedLenFeature;
import io.rankline.feature.profile.ColumnProfile;
import io.rankline.feature.profile.InputProfile;
import io.rankline.feature.token.IdentityIndex;
import io.rankline.feature.token.TokenIndex;
import io.rankline.feature.token.VocabularyIndex;
import io.rankline.model.input.EncodedFeature;
import io.rankline.model.input.EncodedInputs;
import io.rankline.model.input.TokenFeature;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lists that a model takes. Numbers are drawn from the profile of its training data, each feature
 * by itself. Where there is none they are {@linkplain MadeUpNumbers made up}, and defaults where a
 * feature has one. Tokens are such that the model knows and such that it does not.
 */
final class DrawnLists {

  private static final int MOST_ITEMS = 30;
  private static final int MOST_TOKENS = 4;
  private static final double SHARE_OF_DEFAULTS = 0.1;

  private final EngineModel model;
  private final Optional<InputProfile> profile;
  private final SplittableRandom random;
  private final Map<String, EncodedFeature> numbers = new HashMap<>();
  private final Map<String, TokenIndex> tokens = new HashMap<>();

  DrawnLists(EngineModel model, long seed) {
    this.model = model;
    this.profile = model.scorer().profile();
    this.random = new SplittableRandom(seed);
    EncodedInputs inputs = model.description().inputs();
    Stream.concat(inputs.context().stream(), inputs.examples().stream())
        .forEach(feature -> numbers.put(feature.name(), feature));
    for (TokenFeature feature : inputs.contextTokens()) {
      tokens.put(feature.name(), feature.embedding().index());
    }
    for (TokenFeature feature : inputs.exampleTokens()) {
      tokens.put(feature.name(), feature.embedding().index());
    }
  }

  /** So many lists. */
  List<RankingList> lists(int count) {
    List<RankingList> lists = new ArrayList<>();
    for (int q = 0; q < count; q++) {
      lists.add(
          list(
              profile
                  .map(InputProfile::sizes)
                  .filter(sizes -> !sizes.isEmpty())
                  .map(this::any)
                  .orElseGet(() -> 1 + random.nextInt(MOST_ITEMS))));
    }
    return lists;
  }

  private RankingList list(int items) {
    var requests = model.scorer().requests();
    ListLayout layout = requests.layout();
    return new RankingList(
        layout,
        items,
        items,
        dense(layout.contextDense(), requests.context(), of(InputProfile::context), 1),
        dense(layout.exampleDense(), requests.examples(), of(InputProfile::examples), items),
        new float[0],
        new float[0],
        columns(layout.contextColumns(), requests.context(), of(InputProfile::context), 1),
        columns(layout.exampleColumns(), requests.examples(), of(InputProfile::examples), items));
  }

  private SortedMap<String, ColumnProfile> of(
      Function<InputProfile, SortedMap<String, ColumnProfile>> side) {
    return profile.map(side).orElseGet(TreeMap::new);
  }

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private float[] dense(
      List<DenseColumns> features,
      SortedMap<String, FeatureSpec> specs,
      SortedMap<String, ColumnProfile> profiles,
      int rows) {
    int width = features.stream().mapToInt(DenseColumns::width).sum();
    float[] values = new float[rows * width];
    for (DenseColumns feature : features) {
      ColumnProfile seen = profiles.get(feature.name());
      boolean hasDefault =
          specs.get(feature.name()) instanceof FixedLenFeature fixed && fixed.hasDefault();
      for (int r = 0; r < rows; r++) {
        double share = seen == null ? SHARE_OF_DEFAULTS : seen.missing();
        boolean isDefault = hasDefault && random.nextDouble() < share;
        for (int c = 0; c < feature.width(); c++) {
          values[r * width + feature.offset() + c] =
              isDefault ? feature.padding().get(c) : number(feature.name(), seen);
        }
      }
    }
    return values;
  }

  private float number(String feature, @Nullable ColumnProfile seen) {
    if (seen != null && !seen.numbers().isEmpty()) {
      return any(seen.numbers());
    }
    EncodedFeature known = numbers.get(feature);
    return (known == null ? MadeUpNumbers.ANY : MadeUpNumbers.of(known)).draw(random);
  }

  private List<ValueColumn> columns(
      List<ColumnLayout> features,
      SortedMap<String, FeatureSpec> specs,
      SortedMap<String, ColumnProfile> profiles,
      int rows) {
    List<ValueColumn> columns = new ArrayList<>();
    for (ColumnLayout feature : features) {
      FeatureSpec spec = specs.get(feature.name());
      ColumnProfile seen = profiles.get(feature.name());
      int[] offsets = new int[rows + 1];
      for (int r = 0; r < rows; r++) {
        int count =
            spec instanceof FixedLenFeature fixed
                ? fixed.width()
                : seen == null || seen.counts().isEmpty()
                    ? random.nextInt(1 + most(feature.name()))
                    : any(seen.counts());
        offsets[r + 1] = offsets[r] + count;
      }
      columns.add(
          column(feature.name(), spec == null ? DType.FLOAT32 : spec.dtype(), seen, offsets));
    }
    return columns;
  }

  /** The largest number of values. */
  private int most(String name) {
    EncodedFeature known = numbers.get(name);
    return known == null ? MOST_TOKENS : known.inputWidth();
  }

  private ValueColumn column(
      String name, DType dtype, @Nullable ColumnProfile seen, int[] offsets) {
    int count = offsets[offsets.length - 1];
    return switch (dtype) {
      case FLOAT32 -> {
        float[] values = new float[count];
        for (int v = 0; v < count; v++) {
          values[v] = number(name, seen);
        }
        yield new FloatColumn(values, offsets);
      }
      case INT64 -> {
        long[] values = new long[count];
        for (int v = 0; v < count; v++) {
          values[v] = integer(name, seen);
        }
        yield new LongColumn(values, offsets);
      }
      case STRING -> texts(name, offsets);
    };
  }

  private long integer(String name, @Nullable ColumnProfile seen) {
    TokenIndex index = tokens.get(name);
    if (index instanceof IdentityIndex) {
      return random.nextInt(index.size());
    }
    return index == null ? (long) number(name, seen) : random.nextInt(2 * index.size());
  }

  private BytesColumn texts(String name, int[] offsets) {
    TokenIndex index = tokens.get(name);
    int count = offsets[offsets.length - 1];
    byte[] bytes = new byte[0];
    int[] ends = new int[count];
    for (int v = 0; v < count; v++) {
      byte[] token = token(index).getBytes(StandardCharsets.UTF_8);
      int end = bytes.length;
      bytes = Arrays.copyOf(bytes, end + token.length);
      System.arraycopy(token, 0, bytes, end, token.length);
      ends[v] = bytes.length;
    }
    return new BytesColumn(bytes, ends, offsets);
  }

  private String token(@Nullable TokenIndex index) {
    if (index instanceof VocabularyIndex known && random.nextInt(4) > 0) {
      List<String> all = known.vocabulary().tokens();
      return all.get(random.nextInt(all.size()));
    }
    return "token-" + random.nextInt(1000);
  }
}
