// The seeded generator of every test here.
@_exported import RandomNumbers
