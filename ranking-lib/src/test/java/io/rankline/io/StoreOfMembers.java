package io.rankline.io;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * The local disk as an object store shows it: a read ends where the store likes, and no bytes are
 * said to be available although there are more.
 */
public final class StoreOfMembers extends FilterFileSystem {

  /** What stands before a path. */
  static final String SCHEME = "store";

  /** So many bytes come at a time: with members of that size, a read ends where one does. */
  static int atATime = 1;

  /** Needed by Hadoop. */
  public StoreOfMembers() {
    super(new RawLocalFileSystem());
  }

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }

  @Override
  protected void checkPath(Path path) {}

  @Override
  public FSDataInputStream open(Path path, int buffer) throws IOException {
    FSDataInputStream whole = fs.open(new Path(path.toUri().getPath()), buffer);
    return new FSDataInputStream(new Pieces(whole));
  }

  private static final class Pieces extends FSInputStream {
    private final FSDataInputStream whole;

    Pieces(FSDataInputStream whole) {
      this.whole = whole;
    }

    @Override
    public int read() throws IOException {
      return whole.read();
    }

    @Override
    public int read(byte[] bytes, int from, int count) throws IOException {
      int left = (int) (atATime - whole.getPos() % atATime);
      return whole.read(bytes, from, Math.min(count, left));
    }

    @Override
    public int available() {
      return 0;
    }

    @Override
    public void seek(long position) throws IOException {
      whole.seek(position);
    }

    @Override
    public long getPos() throws IOException {
      return whole.getPos();
    }

    @Override
    public boolean seekToNewSource(long position) throws IOException {
      return whole.seekToNewSource(position);
    }

    @Override
    public void close() throws IOException {
      whole.close();
    }
  }
}
