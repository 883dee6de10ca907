package io.rankline.testing;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.PositionedReadable;
import org.apache.hadoop.fs.Seekable;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A storage that behaves as connectors to object stores do: an object is there when its stream is
 * closed, folders are prefixes of names, and a rename of a folder copies its objects one by one,
 * here in reverse order. {@link #cutAfter} ends it in the middle of whatever is done.
 */
public final class ObjectsInMemory extends FileSystem {

  private static final Map<String, NavigableMap<String, byte[]>> BUCKETS =
      new ConcurrentHashMap<>();
  private static final Map<String, Integer> LEFT = new ConcurrentHashMap<>();

  private URI uri = URI.create("s3a://none/");

  /** Settings with which {@code s3a://…} is such a storage. */
  public static Configuration configuration() {
    Configuration configuration = new Configuration();
    configuration.set("fs.s3a.impl", ObjectsInMemory.class.getName());
    configuration.setBoolean("fs.s3a.impl.disable.cache", true);
    return configuration;
  }

  /** Empties a bucket and lets it work again. */
  public static void clear(String bucket) {
    BUCKETS.remove(bucket);
    LEFT.remove(bucket);
  }

  /** After so many changes of a bucket everything fails, as for a process that is killed. */
  public static void cutAfter(String bucket, int changes) {
    LEFT.put(bucket, changes);
  }

  /** Ends the cut; returns whether it was reached. */
  public static boolean uncut(String bucket) {
    Integer left = LEFT.remove(bucket);
    return left != null && left < 0;
  }

  /** Names of all objects, those of empty folders left out. */
  public static List<String> objects(String bucket) {
    return BUCKETS.getOrDefault(bucket, new TreeMap<>()).keySet().stream()
        .filter(name -> !name.endsWith("/"))
        .toList();
  }

  @Override
  public void initialize(URI name, Configuration configuration) throws IOException {
    super.initialize(name, configuration);
    uri = URI.create(name.getScheme() + "://" + name.getAuthority());
    setConf(configuration);
  }

  @Override
  public URI getUri() {
    return uri;
  }

  @Override
  public FSDataInputStream open(Path path, int buffer) throws IOException {
    byte[] content = bucket().get(key(path));
    if (content == null) {
      throw new FileNotFoundException("no object " + path);
    }
    return new FSDataInputStream(new Bytes(content));
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int buffer,
      short replication,
      long block,
      Progressable progress)
      throws IOException {
    if (!overwrite && exists(path)) {
      throw new FileAlreadyExistsException(path + " exists");
    }
    OutputStream object =
        new ByteArrayOutputStream() {
          private boolean closed;

          @Override
          public void close() throws IOException {
            if (!closed) {
              closed = true;
              change();
              bucket().put(key(path), toByteArray());
            }
          }
        };
    return new FSDataOutputStream(object, null);
  }

  @Override
  public FSDataOutputStream append(Path path, int buffer, Progressable progress) {
    throw new UnsupportedOperationException("objects cannot grow");
  }

  @Override
  public boolean rename(Path from, Path to) throws IOException {
    if (exists(to)) {
      throw new FileAlreadyExistsException(to + " exists");
    }
    if (!getFileStatus(from).isDirectory()) {
      change();
      bucket().put(key(to), bucket().get(key(from)));
      return delete(from, false);
    }
    List<String> below = new ArrayList<>(below(from));
    for (int k = below.size() - 1; k >= 0; k--) {
      change();
      bucket()
          .put(key(to) + below.get(k).substring(key(from).length()), bucket().get(below.get(k)));
    }
    return delete(from, true);
  }

  @Override
  public boolean delete(Path path, boolean recursive) throws IOException {
    boolean any = false;
    if (bucket().containsKey(key(path))) {
      change();
      bucket().remove(key(path));
      any = true;
    }
    for (String name : below(path)) {
      change();
      bucket().remove(name);
      any = true;
    }
    return any;
  }

  @Override
  public FileStatus[] listStatus(Path path) throws IOException {
    if (!getFileStatus(path).isDirectory()) {
      return new FileStatus[] {getFileStatus(path)};
    }
    TreeMap<String, FileStatus> entries = new TreeMap<>();
    String prefix = key(path) + "/";
    for (String name : below(path)) {
      String rest = name.substring(prefix.length());
      String entry = rest.contains("/") ? rest.substring(0, rest.indexOf('/')) : rest;
      if (!entry.isEmpty() && !entries.containsKey(entry)) {
        entries.put(entry, getFileStatus(new Path(path, entry)));
      }
    }
    return entries.values().toArray(FileStatus[]::new);
  }

  @Override
  public void setWorkingDirectory(Path path) {}

  @Override
  public Path getWorkingDirectory() {
    return new Path(uri.toString(), "/");
  }

  @Override
  public boolean mkdirs(Path path, FsPermission permission) throws IOException {
    change();
    bucket().put(key(path) + "/", new byte[0]);
    return true;
  }

  @Override
  public FileStatus getFileStatus(Path path) throws IOException {
    byte[] content = bucket().get(key(path));
    if (content != null) {
      return new FileStatus(content.length, false, 1, 1 << 20, 0, makeQualified(path));
    }
    if (key(path).isEmpty() || !below(path).isEmpty()) {
      return new FileStatus(0, true, 1, 1 << 20, 0, makeQualified(path));
    }
    throw new FileNotFoundException("no object " + path);
  }

  private List<String> below(Path path) throws IOException {
    String prefix = key(path) + "/";
    return bucket().keySet().stream().filter(name -> name.startsWith(prefix)).toList();
  }

  private NavigableMap<String, byte[]> bucket() throws IOException {
    if (LEFT.getOrDefault(uri.getHost(), 0) < 0) {
      throw new IOException("the process is gone");
    }
    return BUCKETS.computeIfAbsent(uri.getHost(), name -> new TreeMap<>());
  }

  private void change() throws IOException {
    LEFT.computeIfPresent(uri.getHost(), (name, left) -> left - 1);
    bucket();
  }

  private static String key(Path path) {
    return path.toUri().getPath();
  }

  private static final class Bytes extends ByteArrayInputStream
      implements Seekable, PositionedReadable {

    Bytes(byte[] content) {
      super(content);
    }

    @Override
    public void seek(long position) {
      pos = (int) position;
    }

    @Override
    public long getPos() {
      return pos;
    }

    @Override
    public boolean seekToNewSource(long position) {
      return false;
    }

    @Override
    public int read(long position, byte[] into, int offset, int length) {
      int there = Math.min(length, count - (int) position);
      if (there <= 0) {
        return -1;
      }
      System.arraycopy(buf, (int) position, into, offset, there);
      return there;
    }

    @Override
    public void readFully(long position, byte[] into, int offset, int length) {
      read(position, into, offset, length);
    }

    @Override
    public void readFully(long position, byte[] into) {
      read(position, into, 0, into.length);
    }
  }
}
