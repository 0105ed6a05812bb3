def log = new File(basedir, 'build.log').text

assert log.findAll(/ScalarMap\[56x42\] seen from /).size() == 2
assert log.findAll(/view [01]: ScalarMap\[224x168\], camera at /).size() == 2
