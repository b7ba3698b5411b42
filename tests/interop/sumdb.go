// A published ledger under golang.org/x/mod: sumdb/note opens the checkpoints, sumdb/tlog reads the tiles, the records
// and the proofs, and neither takes anything that was altered.
//
//	GO111MODULE=off GOPATH=/usr/share/gocode go run sumdb.go WORK
//
// What a work folder holds is in published.py. Two things of theirs are older than the C2SP specifications, and are
// translated here: their tile paths name the height (tile/8/0/000) and call entries data, and their ParseTree wants a
// header of the Go checksum database.
package main

import (
	"bytes"
	"crypto/rand"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// Tiles are 2^8 hashes wide.
const height = 8

var accepted, refused int

func wrong(format string, args ...any) {
	fmt.Fprintf(os.Stderr, "FAILED: golang.org/x/mod: "+format+"\n", args...)
	os.Exit(1)
}

func must[T any](value T, err error) T {
	if err != nil {
		wrong("%v", err)
	}
	return value
}

func accepts(what string, err error) {
	if err != nil {
		wrong("does not accept %s: %v", what, err)
	}
	accepted++
}

func refuses(what string, err error) {
	if err == nil {
		wrong("accepts %s", what)
	}
	refused++
}

func altered(data []byte, place int) []byte {
	other := append([]byte(nil), data...)
	other[place] ^= 1
	return other
}

// The files of a published ledger by path.
type published map[string][]byte

func read(folder string) published {
	files := published{}
	accept := func(path string, info os.FileInfo, err error) error {
		if err != nil || info.IsDir() {
			return err
		}
		name := must(filepath.Rel(folder, path))
		files[filepath.ToSlash(name)] = must(os.ReadFile(path))
		return nil
	}
	if err := filepath.Walk(folder, accept); err != nil {
		wrong("%v", err)
	}
	return files
}

// with returns the same files but one.
func (p published) with(path string, data []byte) published {
	other := published{}
	for name, bytes := range p {
		other[name] = bytes
	}
	other[path] = data
	return other
}

// path spells their tile as C2SP tlog-tiles does.
func path(tile tlog.Tile) string {
	theirs := strings.TrimPrefix(tile.Path(), fmt.Sprintf("tile/%d/", height))
	if rest := strings.TrimPrefix(theirs, "data/"); rest != theirs {
		theirs = "entries/" + rest
	}
	return "tile/" + theirs
}

// file reads a tile, or the full one that took the place of a partial one.
func (p published) file(tile tlog.Tile) ([]byte, bool, error) {
	if data, ok := p[path(tile)]; ok {
		return data, false, nil
	}
	full := tile
	full.W = 1 << height
	if data, ok := p[path(full)]; ok {
		return data, true, nil
	}
	return nil, false, fmt.Errorf("%s is not published", path(tile))
}

func (p published) Height() int { return height }

func (p published) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		data, full, err := p.file(tile)
		if err != nil {
			return nil, err
		}
		if full && len(data) > tile.W*tlog.HashSize {
			data = data[:tile.W*tlog.HashSize]
		}
		all = append(all, data)
	}
	return all, nil
}

func (p published) SaveTiles([]tlog.Tile, [][]byte) {}

// widest lists the tiles that a tree of this size has, each as wide as it is, and the bundles beside level 0.
func widest(size int64) []tlog.Tile {
	wide := map[tlog.Tile]int{}
	for _, tile := range tlog.NewTiles(height, 0, size) {
		key := tlog.Tile{H: height, L: tile.L, N: tile.N}
		if tile.W > wide[key] {
			wide[key] = tile.W
		}
	}
	var tiles []tlog.Tile
	for tile, width := range wide {
		tile.W = width
		tiles = append(tiles, tile)
		if tile.L == 0 {
			tile.L = -1
			tiles = append(tiles, tile)
		}
	}
	sort.Slice(tiles, func(i, j int) bool { return tiles[i].Path() < tiles[j].Path() })
	return tiles
}

// records divides the bundles: u16 length, big endian, and that many bytes.
func (p published) records(size int64) ([][]byte, error) {
	var records [][]byte
	for n := int64(0); int64(len(records)) < size; n++ {
		width := size - n<<height
		if width > 1<<height {
			width = 1 << height
		}
		data, _, err := p.file(tlog.Tile{H: height, L: -1, N: n, W: int(width)})
		if err != nil {
			return nil, err
		}
		for ; width > 0; width-- {
			if len(data) < 2 || len(data)-2 < int(binary.BigEndian.Uint16(data)) {
				return nil, fmt.Errorf("bundle %d ends early", n)
			}
			length := 2 + int(binary.BigEndian.Uint16(data))
			records = append(records, data[2:length])
			data = data[length:]
		}
	}
	return records, nil
}

// check reads every record and every tile under a head: each record's hash must be the one the tiles have.
func (p published) check(tree tlog.Tree) error {
	records, err := p.records(tree.N)
	if err != nil {
		return err
	}
	indexes := make([]int64, tree.N)
	for n := range indexes {
		indexes[n] = tlog.StoredHashIndex(0, int64(n))
	}
	hashes, err := tlog.TileHashReader(tree, p).ReadHashes(indexes)
	if err != nil {
		return err
	}
	for n, hash := range hashes {
		if tlog.RecordHash(records[n]) != hash {
			return fmt.Errorf("record %d is not what its tile says", n)
		}
	}
	return nil
}

// open is what a follower does with a checkpoint: their note, and the three lines of ours.
func open(message []byte, verifier note.Verifier) (tlog.Tree, error) {
	opened, err := note.Open(message, note.VerifierList(verifier))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != verifier.Name() || lines[3] != "" {
		return tlog.Tree{}, fmt.Errorf("not the three lines of %s", verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, err
	}
	root, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: root}, err
}

func checkNotes(message []byte, verifier note.Verifier) {
	end := bytes.LastIndex(message, []byte("\n\n"))
	var bad *note.InvalidSignatureError
	// The last digit of the size, and the first of the root.
	digit := bytes.IndexByte(message, '\n') + 1
	for message[digit+1] != '\n' {
		digit++
	}
	for _, place := range []int{digit, digit + 2} {
		_, err := note.Open(altered(message, place), note.VerifierList(verifier))
		if !errors.As(err, &bad) {
			wrong("byte %d of a checkpoint altered: %v", place, err)
		}
		refuses("an altered checkpoint", err)
	}
	line := strings.Fields(string(message[end+2:]))
	blob := must(base64.StdEncoding.DecodeString(line[2]))
	forged := fmt.Sprintf("%s%s %s %s\n", message[:end+2], line[0], line[1],
		base64.StdEncoding.EncodeToString(altered(blob, len(blob)-1)))
	_, err := note.Open([]byte(forged), note.VerifierList(verifier))
	if !errors.As(err, &bad) {
		wrong("an altered signature: %v", err)
	}
	refuses("an altered signature", err)

	// Another key under the same name.
	_, vkey, err := note.GenerateKey(rand.Reader, verifier.Name())
	accepts("a key of their own", err)
	stranger := must(note.NewVerifier(vkey))
	_, err = note.Open(message, note.VerifierList(stranger))
	var unverified *note.UnverifiedNoteError
	if !errors.As(err, &unverified) {
		wrong("a stranger's key: %v", err)
	}
	refuses("a stranger's key", err)
}

func checkTiles(files published, tree tlog.Tree) {
	for _, tile := range widest(tree.N) {
		name := path(tile)
		data, ok := files[name]
		if !ok {
			wrong("%s is not published", name)
		}
		accepted++
		for _, place := range []int{0, len(data) / 2, len(data) - 1} {
			refuses(fmt.Sprintf("%s with byte %d altered", name, place),
				files.with(name, altered(data, place)).check(tree))
		}
		refuses(name+" cut short", files.with(name, data[:len(data)-1]).check(tree))
	}
}

// proof reads a C2SP tlog-proof up to its first empty line.
func proof(file string) (int64, tlog.RecordProof) {
	head, _, _ := strings.Cut(string(must(os.ReadFile(file))), "\n\n")
	lines := strings.Split(head, "\n")
	if lines[0] != "c2sp.org/tlog-proof@v1" {
		wrong("%s is not a tlog-proof", file)
	}
	lines = lines[1:]
	if strings.HasPrefix(lines[0], "extra ") {
		lines = lines[1:]
	}
	index := must(strconv.ParseInt(strings.TrimPrefix(lines[0], "index "), 10, 64))
	var hashes tlog.RecordProof
	for _, line := range lines[1:] {
		hashes = append(hashes, must(tlog.ParseHash(line)))
	}
	return index, hashes
}

func checkProofs(work string, files published, tree tlog.Tree) {
	records := must(files.records(tree.N))
	names := must(filepath.Glob(filepath.Join(work, "proofs", "*.tlog-proof")))
	if len(names) == 0 {
		wrong("there are no proofs")
	}
	for _, name := range names {
		index, hashes := proof(name)
		theirs := must(tlog.ProveRecord(tree.N, index, tlog.TileHashReader(tree, files)))
		if fmt.Sprint(theirs) != fmt.Sprint(hashes) {
			wrong("%s has other hashes than theirs", name)
		}
		record := tlog.RecordHash(records[index])
		accepts(name, tlog.CheckRecord(hashes, tree.N, tree.Hash, index, record))
		for at := range hashes {
			other := append(tlog.RecordProof(nil), hashes...)
			other[at][0] ^= 1
			refuses(fmt.Sprintf("%s with hash %d altered", name, at),
				tlog.CheckRecord(other, tree.N, tree.Hash, index, record))
		}
		refuses(name+" with a hash too few", tlog.CheckRecord(hashes[1:], tree.N, tree.Hash, index, record))
		refuses(name+" at another place", tlog.CheckRecord(hashes, tree.N, tree.Hash, index^1, record))
		other := tlog.RecordHash(altered(records[index], len(records[index])/2))
		refuses(name+" for another record", tlog.CheckRecord(hashes, tree.N, tree.Hash, index, other))
	}
}

func checkConsistency(files published, older, newest tlog.Tree) {
	name := fmt.Sprintf("consistency from %d to %d", older.N, newest.N)
	hashes := must(tlog.ProveTree(newest.N, older.N, tlog.TileHashReader(newest, files)))
	accepts(name, tlog.CheckTree(hashes, newest.N, newest.Hash, older.N, older.Hash))
	for at := range hashes {
		other := append(tlog.TreeProof(nil), hashes...)
		other[at][0] ^= 1
		refuses(fmt.Sprintf("%s with hash %d altered", name, at),
			tlog.CheckTree(other, newest.N, newest.Hash, older.N, older.Hash))
	}
	another := older.Hash
	another[0] ^= 1
	refuses(name+", another root before", tlog.CheckTree(hashes, newest.N, newest.Hash, older.N, another))
}

func main() {
	work := os.Args[1]
	vkey := strings.TrimSpace(string(must(os.ReadFile(filepath.Join(work, "vkey")))))
	verifier := must(note.NewVerifier(vkey))
	_, err := note.NewVerifier(string(altered([]byte(vkey), len(verifier.Name())+1)))
	refuses("a verifier key with another id", err)

	files := read(filepath.Join(work, "public"))
	names := must(filepath.Glob(filepath.Join(work, "kept", "*.checkpoint")))
	var trees []tlog.Tree
	for _, name := range names {
		message := must(os.ReadFile(name))
		tree, err := open(message, verifier)
		accepts(name, err)
		// An older head too is read from what is published today.
		accepts("the tiles under "+name, files.check(tree))
		checkNotes(message, verifier)
		trees = append(trees, tree)
	}
	if len(trees) < 2 || !bytes.Equal(files["checkpoint"], must(os.ReadFile(names[len(names)-1]))) {
		wrong("the newest checkpoint kept is not the published one")
	}
	newest := trees[len(trees)-1]
	checkTiles(files, newest)
	checkProofs(work, files, newest)
	for _, older := range trees[:len(trees)-1] {
		checkConsistency(files, older, newest)
	}
	fmt.Printf("checkpoints, tiles, records, inclusion and consistency: "+
		"%d accepted, %d altered ones refused\n", accepted, refused)
}
