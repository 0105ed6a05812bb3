def log = new File(basedir, 'build.log').text

assert log.findAll(/ScalarMap\[56x42\] seen from /).size() == 2
assert log.contains('DependencyConvergence passed')
// ND4J's classes and one build of its natives
assert log.findAll(/org\.nd4j:nd4j-native:jar:/).size() == 2
assert log.findAll(/org\.bytedeco:javacpp:jar:/).size() == 2
