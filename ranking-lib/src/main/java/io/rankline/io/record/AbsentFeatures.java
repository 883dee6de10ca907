package io.rankline.io.record;

import io.rankline.data.WeightLayout;
import io.rankline.feature.RecordSpec;
import io.rankline.feature.WeightSpec;
import io.rankline.io.CorruptRecordException;
import io.rankline.io.CorruptRecordPolicy;
import io.rankline.io.MissingFeatures;
import io.rankline.io.Shard;
import io.rankline.io.Storage;
import io.rankline.io.example.FeatureValues;
import io.rankline.io.tfrecord.TfRecordReader;
import io.rankline.text.KnownNames;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Finds the features of a spec that no record holds: a default would make a constant of each, and
 * mostly its name is a slip of the pen. Reads records until each feature was there once. That is
 * mostly the first one, and many of them only where one is missing.
 */
public final class AbsentFeatures implements RecordWalker.Visitor {

  /**
   * A feature that is in none of so many lists is as good as missing, and all data may be large.
   */
  private static final long MOST_LISTS = 10_000;

  /** Sentences that are made; there may be one a feature. */
  private static final int MOST_TOLD = 10;

  /** One letter in so many may be another one for a name to be proposed. */
  private static final int LETTERS_A_SLIP = 4;

  private static final Pattern NUMBER = Pattern.compile("\\d+$");

  private final RecordSpec spec;
  private final RecordFormat format;
  private final Set<String> context = new TreeSet<>();
  private final Set<String> items = new TreeSet<>();
  private final Set<String> unknown = new TreeSet<>();
  private boolean all = true;
  private long lists;

  private AbsentFeatures(RecordSpec spec, RecordFormat format) {
    this.spec = spec;
    this.format = format;
    context.addAll(spec.context().keySet());
    items.addAll(spec.examples().keySet());
    WeightSpec weight = spec.weight();
    if (weight != null) {
      (weight.scope() == WeightLayout.PER_LIST ? context : items).add(weight.name());
    }
  }

  /**
   * Looks for such features; finds none where there is no list. Labels are not looked for.
   *
   * @param spec of the features
   * @param policy what a damaged record does
   * @throws IOException if a file cannot be read; or for a damaged record, unless those are skipped
   */
  public static MissingFeatures find(
      Storage storage,
      List<Shard> files,
      RecordSpec spec,
      RecordFormat format,
      CorruptRecordPolicy policy)
      throws IOException {
    AbsentFeatures absent = new AbsentFeatures(spec, format);
    for (Shard file : files) {
      if (absent.isNone() || !absent.all) {
        break;
      }
      absent.read(storage, file, policy);
    }
    return absent.lists == 0 ? new MissingFeatures(List.of(), false) : absent.found();
  }

  @Override
  public void startList(int size) {}

  @Override
  public void feature(int item, String name, FeatureValues values) {
    if (values.dtype() == null || values.count() == 0) {
      return;
    }
    boolean found = false;
    if (item == RecordWalker.CONTEXT || format == RecordFormat.TF_EXAMPLE) {
      found = context.remove(name);
    }
    if (item != RecordWalker.CONTEXT) {
      found |= items.remove(name);
    }
    if (!found) {
      unknown.add(name);
    }
  }

  private boolean isNone() {
    return context.isEmpty() && items.isEmpty();
  }

  private void read(Storage storage, Shard file, CorruptRecordPolicy policy) throws IOException {
    RecordWalker walker = new RecordWalker(format);
    try (TfRecordReader records =
        new TfRecordReader(storage.open(file), file.path(), policy, fault -> {})) {
      while (!isNone() && records.advance()) {
        if (lists == MOST_LISTS) {
          all = false;
          return;
        }
        try {
          walker.walk(records.buffer(), records.offset(), records.length(), this);
          lists++;
        } catch (CorruptRecordException fault) {
          records.reject(fault);
        }
      }
    }
  }

  private MissingFeatures found() {
    Set<String> absent = new TreeSet<>(context);
    absent.addAll(items);
    return new MissingFeatures(sentences(), absent.stream().anyMatch(this::isMistake));
  }

  private boolean isMistake(String name) {
    boolean isElsewhere = unknown.contains(name);
    return isElsewhere || (!isOfFamily(name) && (all || alike(name).isPresent()));
  }

  /** Whether others were found that differ from it in their number alone. */
  private boolean isOfFamily(String name) {
    String family = NUMBER.matcher(name).replaceFirst("");
    return !family.equals(name)
        && Stream.of(spec.context(), spec.examples())
            .flatMap(features -> features.keySet().stream())
            .filter(other -> !context.contains(other) && !items.contains(other))
            .anyMatch(other -> NUMBER.matcher(other).replaceFirst("").equals(family));
  }

  private Optional<String> alike(String name) {
    RecordSpec known = spec.labelsAsFeatures();
    return KnownNames.nearestFirst(name, unknown).stream()
        .filter(each -> !known.context().containsKey(each))
        .filter(each -> !known.examples().containsKey(each))
        .filter(each -> KnownNames.edits(name, each) <= 1 + name.length() / LETTERS_A_SLIP)
        .findFirst();
  }

  private List<String> sentences() {
    List<String> sentences = new ArrayList<>();
    for (String name : context) {
      sentences.add(sentence(name, "context", "items"));
    }
    for (String name : items) {
      sentences.add(sentence(name, "items", "context"));
    }
    int more = sentences.size() - MOST_TOLD;
    if (more > 0) {
      sentences.subList(MOST_TOLD, sentences.size()).clear();
      sentences.add("and so are %s more features".formatted(more));
    }
    return sentences;
  }

  private String sentence(String name, String scope, String otherScope) {
    String place =
        unknown.contains(name)
            ? "; it is a feature of the " + otherScope
            : alike(name).map("; there is '%s'"::formatted).orElse("");
    return "feature '%s' of the %s is in none of the %s%s lists%s"
        .formatted(name, scope, all ? "" : "first ", lists, place);
  }
}
