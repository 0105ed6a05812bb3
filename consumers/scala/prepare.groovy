def example = new File(basedir, '../../../../examples/scala/depth.scala')
new File(basedir, "src/main/scala/${example.name}").bytes = example.bytes
true // any other result skips the build
