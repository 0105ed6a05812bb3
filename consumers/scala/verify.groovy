assert new File(basedir, 'build.log').text.findAll(/ScalarMap\[56x42\] seen from /).size() == 2
