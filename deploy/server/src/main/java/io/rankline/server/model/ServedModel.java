package io.rankline.server.model;

import io.rankline.io.Folder;
import io.rankline.model.ListScorer;
import io.rankline.server.status.RequestFault;
import io.rankline.server.status.StatusCode;
import io.rankline.serving.SavedRankingModel;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.Lock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The versions of one model. {@link #poll} is called by one thread; everything else by any.
 *
 * <p>A version is loaded before the one that it replaces is dropped, and where it cannot be loaded
 * the old one stays. A folder that is still being copied fails its checks and is tried again.
 */
final class ServedModel {

  private static final Logger LOG = LoggerFactory.getLogger(ServedModel.class);

  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  /** Versions that are gone are told of in the status, but not for ever. */
  private static final int ENDED_VERSIONS = 20;

  private final Folder base;
  private final ModelStart start;
  private final Lock withdrawal;
  private final ConcurrentSkipListMap<Long, ModelVersion> versions = new ConcurrentSkipListMap<>();
  private final Map<Long, Retry> retries = new TreeMap<>();
  private final Set<String> exports = new HashSet<>();
  private volatile ModelSettings settings;
  private volatile Map<String, Long> labels = Map.of();
  private String said = "";

  /** When a version that could not be loaded is tried again. */
  private record Retry(int failures, Instant next) {

    static Retry after(int failures) {
      Duration wait = Duration.ofMillis(500L << Math.min(failures, 10));
      return new Retry(
          failures, Instant.now().plus(wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait));
    }
  }

  /**
   * A model none of whose versions is loaded yet.
   *
   * @param withdrawal held while a version is taken away, so that nobody looks one up meanwhile
   */
  ServedModel(ModelSettings settings, Folder base, ModelStart start, Lock withdrawal) {
    this.settings = settings;
    this.base = base;
    this.start = start;
    this.withdrawal = withdrawal;
  }

  ModelSettings settings() {
    return settings;
  }

  /**
   * Another policy, from the next poll on, or other labels: at once where their versions are
   * available, else when they are.
   */
  void change(ModelSettings other) {
    settings = other;
    labels = availableLabels();
  }

  boolean isReady() {
    return versions.values().stream().anyMatch(ModelVersion::isAvailable);
  }

  /** Looks for versions, loads those that are wanted, drops those that are not any more. */
  void poll() {
    SortedMap<Long, Folder> found;
    try {
      found = find();
    } catch (IOException e) {
      say("%s cannot be listed: %s".formatted(base.path(), e.getMessage()));
      return;
    }
    SortedSet<Long> wanted = settings.policy().wanted(new TreeSet<>(found.keySet()));
    if (wanted.isEmpty()) {
      if (!found.isEmpty()) {
        say("none of the versions to serve is under %s".formatted(base.path()));
      }
      return; // what is served stays, as storage that is away looks the same
    }
    said = "";
    found.forEach(
        (number, folder) -> {
          if (wanted.contains(number)) {
            load(number, folder);
          }
        });
    labels = availableLabels();
    if (wanted.stream().anyMatch(this::isAvailable)) {
      for (ModelVersion version : versions.values()) {
        long number = version.number();
        if (!wanted.contains(number) && !isLeftBehind(number) && version.isAvailable()) {
          withdraw(version);
          LOG.info("model {}: version {} is not served any more", name(), number);
        }
      }
    }
    forgetEnded();
  }

  void close() {
    versions.values().stream().filter(ModelVersion::isAvailable).forEach(this::withdraw);
  }

  private void withdraw(ModelVersion version) {
    withdrawal.lock();
    try {
      version.unload();
    } finally {
      withdrawal.unlock();
    }
  }

  /** Whether a label still stands for a version because that of the settings is not available. */
  private boolean isLeftBehind(long number) {
    return labels.entrySet().stream()
        .anyMatch(
            label ->
                label.getValue() == number
                    && !label.getValue().equals(settings.labels().get(label.getKey())));
  }

  /** The labels of the settings. One whose version is not available stays where it was. */
  private Map<String, Long> availableLabels() {
    Map<String, Long> available = new TreeMap<>();
    settings
        .labels()
        .forEach(
            (label, number) -> {
              Long stands = isAvailable(number) ? number : labels.get(label);
              if (stands != null) {
                available.put(label, stands);
              }
            });
    return available;
  }

  /**
   * The version that a request asks for.
   *
   * @throws RequestFault if it is not served
   */
  ModelLease lease(ModelChoice choice) throws RequestFault {
    Optional<ModelLease> lease;
    if (choice.label().isPresent()) {
      Long labelled = labels.get(choice.label().get());
      lease = labelled == null ? Optional.empty() : leaseOf(labelled);
      return lease.orElseThrow(
          () ->
              RequestFault.invalid(
                  "Unrecognized servable version label: %s".formatted(choice.label().get())));
    }
    if (choice.version().isPresent()) {
      lease = leaseOf(choice.version().getAsLong());
    } else {
      lease =
          versions.descendingMap().values().stream()
              .flatMap(version -> version.lease().stream())
              .findFirst();
    }
    return lease.orElseThrow(() -> notServed(choice));
  }

  static RequestFault notServed(ModelChoice choice) {
    return new RequestFault(
        StatusCode.NOT_FOUND,
        choice.version().isPresent()
            ? "Servable not found for request: Specific(%s, %s)"
                .formatted(choice.name(), choice.version().getAsLong())
            : "Servable not found for request: Latest(%s)".formatted(choice.name()));
  }

  /** Versions that were found, the highest first. */
  List<VersionStatus> statuses() {
    return versions.descendingMap().values().stream().map(ModelVersion::status).toList();
  }

  /** The versions in those folders that hold an export or are loaded. */
  private SortedMap<Long, Folder> find() throws IOException {
    SortedMap<Long, Folder> found = new TreeMap<>();
    List<String> names = base.names();
    exports.retainAll(names);
    for (String name : names) {
      Optional<Long> number = versionOf(name);
      // Storage is asked once: a request a version and second adds up where requests are billed.
      if (number.isPresent()
          && (exports.contains(name) || SavedRankingModel.isIn(base.folder(name)))) {
        exports.add(name);
        found.put(number.get(), base.folder(name));
      }
    }
    if (found.isEmpty()) {
      say(
          SavedRankingModel.isIn(base)
              ? "%s is an export itself; move it to %s/1: versions are folders with a number"
                  .formatted(base.path(), base.path())
              : "no version under %s: exports lie in folders with a number, as %s/1"
                  .formatted(base.path(), base.path()));
    }
    return found;
  }

  private static Optional<Long> versionOf(String folder) {
    try {
      return folder.matches("\\d+") ? Optional.of(Long.parseLong(folder)) : Optional.empty();
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private void load(long number, Folder folder) {
    Retry retry = retries.get(number);
    if (isAvailable(number) || (retry != null && Instant.now().isBefore(retry.next()))) {
      return;
    }
    ModelVersion version = new ModelVersion(number);
    versions.put(number, version);
    long started = System.nanoTime();
    try {
      SavedRankingModel model = SavedRankingModel.load(folder);
      ListScorer scorer = start.scorer(model);
      try (ModelLease lease = version.leaseOf(model, scorer)) {
        start.prepare(lease, folder);
      }
      version.loaded(model, scorer);
      retries.remove(number);
      LOG.info(
          "model {}: version {} is served; loaded in {} ms",
          name(),
          number,
          (System.nanoTime() - started) / 1_000_000);
    } catch (IOException | RuntimeException | OutOfMemoryError | LinkageError e) {
      String why = e.getMessage() == null ? e.toString() : e.getMessage();
      version.failed(why);
      int failures = retry == null ? 1 : retry.failures() + 1;
      retries.put(number, Retry.after(failures));
      if (failures == 1) {
        LOG.warn("model {}: version {} cannot be loaded: {}", name(), number, why);
      }
    }
  }

  private boolean isAvailable(long number) {
    ModelVersion version = versions.get(number);
    return version != null && version.isAvailable();
  }

  private Optional<ModelLease> leaseOf(long number) {
    ModelVersion version = versions.get(number);
    return version == null ? Optional.empty() : version.lease();
  }

  private void forgetEnded() {
    List<Long> ended = new ArrayList<>();
    for (ModelVersion version : versions.values()) {
      if (version.status().state() == VersionState.END) {
        ended.add(version.number());
      }
    }
    for (int i = 0; i < ended.size() - ENDED_VERSIONS; i++) {
      versions.remove(ended.get(i));
      retries.remove(ended.get(i));
    }
  }

  private String name() {
    return settings.name();
  }

  /** Says something once until something else is to be said. */
  private void say(String what) {
    if (!what.equals(said)) {
      said = what;
      LOG.warn("model {}: {}", name(), what);
    }
  }
}
