#!/usr/bin/env bash
# jHDF (io.jhdf:jhdf 0.13.0) and the two ways in which bfloat16 stands in HDF5: other numbers, and groups that cannot be
# opened.
#
# HDF5 describes a float by its bits: bfloat16 is one of 16 bits with an exponent of 8. jHDF reads the sizes of exponent
# and mantissa, and goes by the 16 bits alone: it takes the number for a float16, without an error. 1 becomes 1.875.
#
# Keras 3 writes bfloat16 weights (.weights.h5, .keras) as opaque values of two bytes without a tag. HDF5 lets the tag
# be empty, and writes none then. jHDF looks for the end of the tag, and throws where there is none: no dataset of that
# group can be read, float32 ones included.
#
# The files here: one dataset of bfloat16 as HDF5's library describes and converts it, and a group of an opaque dataset
# and a float32 one, as numpy's V2 makes them.
#
# Seen (h5py 3.14.0 on HDF5 1.14.6, JDK 17): of 1.0 3.140625 -0.5 the library reads 1.0 3.140625 -0.5, jHDF 1.875
# 2.1425781 -1.75; the float32 beside the opaque dataset: the library 2.5, jHDF "End of buffer reached before NULL".
# Fails if jHDF reads the library's numbers, or opens the group, or if the library does not.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

python3 -m venv venv
venv/bin/pip install --quiet --no-input --disable-pip-version-check h5py==3.14.0

cat > write.py <<'PY'
import h5py
import numpy as np

brain = h5py.h5t.IEEE_F16LE.copy()
brain.set_fields(15, 7, 8, 0, 7)
brain.set_ebias(127)
values = np.array([1, 3.140625, -0.5], np.float32)
with h5py.File("typed.h5", "w") as file:
    space = h5py.h5s.create_simple(values.shape)
    dataset = h5py.h5d.create(file.id, b"weights", brain, space)
    dataset.write(h5py.h5s.ALL, h5py.h5s.ALL, values)
read = np.zeros(3, np.float32)
with h5py.File("typed.h5") as file:
    file["weights"].id.read(h5py.h5s.ALL, h5py.h5s.ALL, read)
print("library", *read)
assert (read == values).all()

with h5py.File("opaque.h5", "w") as file:
    file.create_dataset("vars/0", data=np.array([b"\x80\x3f"], "V2"))
    file.create_dataset("vars/1", data=np.float32([2.5]))
with h5py.File("opaque.h5") as file:
    print("library", file["vars/1"][0], "beside", file["vars/0"].dtype)
    assert file["vars/1"][0] == 2.5
PY
venv/bin/python write.py

cat > pom.xml <<'POM'
<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>finding</groupId>
  <artifactId>finding</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>io.jhdf</groupId>
      <artifactId>jhdf</artifactId>
      <version>0.13.0</version>
    </dependency>
  </dependencies>
</project>
POM
mvn -B -q org.apache.maven.plugins:maven-dependency-plugin:3.8.1:build-classpath -Dmdep.outputFile=classpath

cat > Brain.java <<'JAVA'
import io.jhdf.HdfFile;
import java.nio.file.Path;
import java.util.Arrays;

public class Brain {
  public static void main(String[] args) {
    float[] read;
    try (HdfFile file = new HdfFile(Path.of("typed.h5"))) {
      read = (float[]) file.getDatasetByPath("weights").getData();
    }
    System.out.println("jHDF " + Arrays.toString(read));
    String fault = "none";
    try (HdfFile file = new HdfFile(Path.of("opaque.h5"))) {
      System.out.println("jHDF " + Arrays.toString((float[]) file.getDatasetByPath("vars/1").getData()));
    } catch (RuntimeException e) {
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      fault = root.getMessage();
    }
    System.out.println("jHDF, float32 beside opaque: " + fault);
    boolean same = Arrays.equals(read, new float[] {1.875f, 2.142578125f, -1.75f});
    System.exit(same && fault.contains("End of buffer reached before NULL") ? 0 : 1);
  }
}
JAVA
java -cp "$(cat classpath)" Brain.java 2>/dev/null
