package io.rankline.io;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write into a folder, which one process has at a time. It stands in a file of the
 * folder, and its holder renews that every ten seconds.
 *
 * <p>A holder that was killed leaves the file behind. On its own machine that shows at once, as
 * there is no such process. Elsewhere a lease is taken over when its file has not changed for half
 * a minute; clocks of machines do not matter.
 */
public final class Lease implements AutoCloseable {

  static final String FILE = "_lease";

  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

  private static final Pace PACE = new Pace(Duration.ofSeconds(10), Duration.ofSeconds(30));

  /** How often a file is looked at while it may count as dead. */
  private static final int GLANCES = 30;

  private final Folder folder;
  private final String role;
  private final ScheduledExecutorService beats;
  private final ScheduledFuture<?> renewals;
  private LeaseHolder holder;
  private volatile @Nullable LeaseHolder successor;

  /**
   * How soon is soon.
   *
   * @param beat between two signs of life
   * @param patience without a sign of life, after which a holder counts as dead
   */
  record Pace(Duration beat, Duration patience) {}

  private Lease(Folder folder, String role, LeaseHolder holder, Pace pace) {
    this.folder = folder;
    this.role = role;
    this.holder = holder;
    this.beats =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "rankline-lease");
              thread.setDaemon(true);
              return thread;
            });
    long nanos = pace.beat().toNanos();
    this.renewals = beats.scheduleWithFixedDelay(this::renew, nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /**
   * Takes the lease of a folder. Where another machine holds it, this waits until that one shows
   * that it lives, or half a minute.
   *
   * @param role what the folder is, for messages: {@code model_dir}
   * @throws IOException if a process that lives holds it; names that
   */
  public static Lease take(Folder folder, String role) throws IOException {
    return take(folder, role, LeaseHolder.here(), PACE);
  }

  static Lease take(Folder folder, String role, LeaseHolder holder, Pace pace) throws IOException {
    boolean others = false;
    while (true) {
      if (folder.writeNew(FILE, holder::writeTo)) {
        if (others) {
          pause(pace.patience().dividedBy(GLANCES)); // who else found it dead has done so by then
        }
        if (read(folder, FILE).filter(found -> found.id().equals(holder.id())).isPresent()) {
          return new Lease(folder, role, holder, pace);
        }
      }
      others = true;
      Optional<LeaseHolder> other = read(folder, FILE);
      if (other.isPresent()) {
        requireDead(folder, role, other.get(), pace.patience());
        if (clear(folder, other.get(), FILE + "." + holder.id())) {
          LOG.info("{} {} was held by {}, which is gone", role, folder.path(), other.get());
        }
      }
    }
  }

  /** Whether the file of a dead holder was put out of the way; of several that try, one does it. */
  private static boolean clear(Folder folder, LeaseHolder dead, String aside) throws IOException {
    try {
      folder.rename(FILE, aside);
    } catch (IOException e) {
      if (folder.has(aside)) {
        throw e;
      }
      return false; // another one did it
    }
    if (read(folder, aside).equals(Optional.of(dead))) {
      folder.delete(aside);
      return true;
    }
    folder.rename(aside, FILE); // it was that of the one who followed
    return false;
  }

  /**
   * Does nothing while the lease is this process's.
   *
   * @throws IOException if another process has taken it over, since this one gave no sign of life
   *     for too long
   */
  public void requireHeld() throws IOException {
    LeaseHolder other = successor;
    if (other != null) {
      throw new IOException(
          "%s %s was taken over by %s, as this process gave no sign of life for too long; it ends here"
              .formatted(role, folder.path(), other));
    }
  }

  /** Lets go of it. */
  @Override
  public void close() throws IOException {
    renewals.cancel(false);
    beats.shutdown();
    try {
      beats.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    if (isOurs()) {
      folder.delete(FILE);
    }
  }

  private void renew() {
    try {
      if (isOurs()) {
        holder = holder.next();
        folder.write(FILE, holder::writeTo);
      } else {
        beats.shutdown();
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("the lease of {} {} is not renewed: {}", role, folder.path(), e.getMessage());
    }
  }

  private boolean isOurs() throws IOException {
    Optional<LeaseHolder> found = read(folder, FILE);
    found.filter(other -> !other.id().equals(holder.id())).ifPresent(other -> successor = other);
    return successor == null;
  }

  private static void requireDead(Folder folder, String role, LeaseHolder other, Duration patience)
      throws IOException {
    if (other.isGone()) {
      return;
    }
    long end = System.nanoTime() + patience.toNanos();
    boolean lives = other.isHere();
    LeaseHolder living = other;
    if (!lives) {
      LOG.info(
          "{} {} is held by {}; waiting for a sign of life, {} s",
          role,
          folder.path(),
          other,
          patience.toSeconds());
    }
    while (!lives && System.nanoTime() < end) {
      pause(patience.dividedBy(GLANCES));
      Optional<LeaseHolder> now = read(folder, FILE);
      if (now.isEmpty()) {
        return;
      }
      living = now.get();
      lives = !living.equals(other) && !living.id().isEmpty(); // or it is just being written
    }
    if (lives) {
      throw new IOException(
          "%s %s is in use by %s; name another folder, or wait until it has ended"
              .formatted(role, folder.path(), living));
    }
  }

  private static void pause(Duration time) throws IOException {
    try {
      Thread.sleep(time.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while waiting for a lease", e);
    }
  }

  private static Optional<LeaseHolder> read(Folder folder, String name) throws IOException {
    try (InputStream in = folder.open(name)) {
      return Optional.of(LeaseHolder.read(in));
    } catch (FileNotFoundException e) {
      return Optional.empty();
    }
  }
}
