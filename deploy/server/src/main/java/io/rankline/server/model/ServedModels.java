package io.rankline.server.model;

import io.rankline.io.Folder;
import io.rankline.io.Storage;
import io.rankline.server.status.RequestFault;
import io.rankline.server.status.StatusCode;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All models of a server. One thread looks for new versions and loads them; requests take what is
 * loaded, and never wait for it.
 */
public final class ServedModels implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ServedModels.class);

  private final Storage storage;
  private final ModelSource source;
  private final ModelStart start;
  private final Map<String, ServedModel> models = new ConcurrentHashMap<>();

  /**
   * Held for reading to look a version up, for writing to take one away. Who found a new version
   * not yet available finds the old one still there, and never neither of them.
   */
  private final ReadWriteLock lookups = new ReentrantReadWriteLock();

  private final ScheduledExecutorService poller =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "model-poller");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Models of a storage; none is loaded yet.
   *
   * @throws IOException if it cannot be read which ones they are
   */
  public ServedModels(Storage storage, ModelSource source) throws IOException {
    this(storage, source, ModelStart.PLAIN);
  }

  /**
   * As {@link #ServedModels(Storage, ModelSource)}, with what is done with a version before its
   * first request.
   */
  public ServedModels(Storage storage, ModelSource source, ModelStart start) throws IOException {
    this.storage = storage;
    this.start = start;
    this.source = source;
    configure();
  }

  /**
   * Loads versions from now on.
   *
   * @param everyVersions between two looks at the folders; zero for one look
   * @param everySource between two looks at the source of models; zero for none after that of the
   *     constructor
   */
  public void start(Duration everyVersions, Duration everySource) {
    schedule(this::pollVersions, Duration.ZERO, everyVersions);
    if (!everySource.isZero()) {
      schedule(this::pollSource, everySource, everySource);
    }
  }

  /** Looks at the folders once, on the caller's thread. */
  public void pollVersions() {
    models.values().forEach(ServedModel::poll);
  }

  /** Names of models that have no version to serve. */
  public List<String> notReady() {
    return models.values().stream()
        .filter(model -> !model.isReady())
        .map(model -> model.settings().name())
        .sorted()
        .toList();
  }

  /** Whether there is a model of that name. */
  public boolean isServed(String name) {
    return models.containsKey(name);
  }

  /** Where the versions of each model stand. */
  public SortedMap<String, List<VersionStatus>> statuses() {
    SortedMap<String, List<VersionStatus>> statuses = new TreeMap<>();
    models.forEach((name, model) -> statuses.put(name, model.statuses()));
    return statuses;
  }

  /**
   * A version to answer a request with; the caller closes it.
   *
   * @throws RequestFault NOT_FOUND, or INVALID_ARGUMENT for a label, if none is served
   */
  public ModelLease lease(ModelChoice choice) throws RequestFault {
    Lock lookup = lookups.readLock();
    lookup.lock();
    try {
      ServedModel model = models.get(choice.name());
      if (model == null) {
        throw ServedModel.notServed(choice);
      }
      return model.lease(choice);
    } finally {
      lookup.unlock();
    }
  }

  /**
   * Where the versions of a model stand that a request asks for.
   *
   * @throws RequestFault NOT_FOUND if there is none
   */
  public List<VersionStatus> statuses(ModelChoice choice) throws RequestFault {
    ServedModel model = models.get(choice.name());
    List<VersionStatus> statuses = model == null ? List.of() : model.statuses();
    if (statuses.isEmpty()) {
      throw new RequestFault(
          StatusCode.NOT_FOUND, "Could not find any versions of model %s".formatted(choice.name()));
    }
    long version;
    if (choice.label().isPresent()) {
      try (ModelLease labelled = lease(choice)) {
        version = labelled.version();
      }
    } else if (choice.version().isPresent()) {
      version = choice.version().getAsLong();
    } else {
      return statuses;
    }
    List<VersionStatus> one =
        statuses.stream().filter(status -> status.version() == version).toList();
    if (one.isEmpty()) {
      throw new RequestFault(
          StatusCode.NOT_FOUND,
          "Could not find version %s of model %s".formatted(version, choice.name()));
    }
    return one;
  }

  /** Looks for nothing any more, and drops every version when its requests have ended. */
  @Override
  public void close() {
    poller.shutdownNow();
    models.values().forEach(ServedModel::close);
  }

  /** Serves what the source says, and nothing else. */
  private void configure() throws IOException {
    Map<String, ModelSettings> wanted = new TreeMap<>();
    for (ModelSettings settings : source.read()) {
      if (wanted.put(settings.name(), settings) != null) {
        throw new IllegalArgumentException(
            "names of models must differ, got '%s' twice".formatted(settings.name()));
      }
    }
    wanted.values().forEach(this::configure);
    for (String name : List.copyOf(models.keySet())) {
      ServedModel dropped = wanted.containsKey(name) ? null : models.remove(name);
      if (dropped != null) {
        dropped.close();
        LOG.info("model {} is not served any more", name);
      }
    }
  }

  private void configure(ModelSettings settings) {
    ServedModel before = models.get(settings.name());
    if (before == null) {
      models.put(settings.name(), served(settings));
    } else if (before.settings().basePath().equals(settings.basePath())) {
      before.change(settings);
    } else {
      ServedModel moved = served(settings);
      moved.poll(); // before it is asked for the first time
      models.put(settings.name(), moved);
      before.close();
    }
  }

  private ServedModel served(ModelSettings settings) {
    Folder base = storage.folder(settings.basePath());
    return new ServedModel(settings, base, start, lookups.writeLock());
  }

  /** Reads once which models are to be served, and looks at their folders. */
  void pollSource() {
    try {
      configure();
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("models stay as they are: {}", e.getMessage());
      return;
    }
    pollVersions();
  }

  private void schedule(Runnable task, Duration delay, Duration every) {
    Runnable guarded =
        () -> {
          try {
            task.run();
          } catch (RuntimeException e) {
            LOG.error("looking for models failed", e);
          }
        };
    if (every.isZero()) {
      poller.execute(guarded);
    } else {
      ScheduledFuture<?> unused =
          poller.scheduleWithFixedDelay(
              guarded, delay.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
    }
  }
}
