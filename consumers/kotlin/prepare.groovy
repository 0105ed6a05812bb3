import groovy.json.JsonSlurper

// the notebook as a program: imports first, directives left out, all other code in its main function
def root = new File(basedir, '../../../..')
def cells = new JsonSlurper().parse(new File(root, 'examples/kotlin/depth.ipynb')).cells
def lines = cells.findAll { it.cell_type == 'code' }.collectMany { it.source.join('').readLines() }
def imports = lines.findAll { it.startsWith('import ') }
def code = lines.findAll { !it.startsWith('import ') && !it.startsWith('@file:') }
new File(basedir, 'src/main/kotlin/Notebook.kt').text =
    (['package notebook', ''] + imports + '' + 'fun main() {' + code.collect { '    ' + it } + '}' + '').flatten().join('\n')

def photos = new File(basedir, 'photos')
photos.mkdirs()
new File(root, 'da3-cli/src/main/resources/da3/cli/sample').eachFile { new File(photos, it.name).bytes = it.bytes }
true // any other result skips the build
