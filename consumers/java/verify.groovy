def log = new File(basedir, 'build.log').text

assert log.findAll(/ScalarMap\[56x42\] seen from /).size() == 2
assert log.contains('DependencyConvergence passed')
// the classes of ND4J and its native library for one platform
assert log.findAll(/org\.nd4j:nd4j-native:jar:/).size() == 2
assert log.findAll(/org\.bytedeco:javacpp:jar:/).size() == 2
